/**
 * The Prometheus text format, version 0.0.4.
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
 */

export type Labels = Readonly<Record<string, string>>

export interface Sample {
  /** After the family's name, such as `_bucket`. */
  readonly suffix?: string
  readonly labels: Labels
  readonly value: number
}

/** A metric with all its series. */
export interface Family {
  readonly name: string
  readonly help: string
  readonly type: 'counter' | 'gauge' | 'histogram'
  readonly samples: readonly Sample[]
}

export const contentType = 'text/plain; version=0.0.4; charset=utf-8'

/** Writes families one after the other. Their names and labels are ours; only values of labels need escaping. */
export function writeFamilies(families: readonly Family[]): string {
  return families.map(writeFamily).join('')
}

function writeFamily({ name, help, type, samples }: Family): string {
  const head = `# HELP ${name} ${escape(help)}\n# TYPE ${name} ${type}\n`
  return head + samples.map((sample) => writeSample(name, sample)).join('')
}

function writeSample(name: string, { suffix = '', labels, value }: Sample): string {
  const pairs = Object.entries(labels).map(([key, text]) => `${key}="${escapeLabel(text)}"`)
  const braces = pairs.length > 0 ? `{${pairs.join(',')}}` : ''
  return `${name}${suffix}${braces} ${writeNumber(value)}\n`
}

function escape(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
}

function escapeLabel(text: string): string {
  return escape(text).replaceAll('"', '\\"')
}

/** The format has a word of its own for infinity. */
export function writeNumber(value: number): string {
  if (value === Infinity) return '+Inf'
  return value === -Infinity ? '-Inf' : String(value)
}
