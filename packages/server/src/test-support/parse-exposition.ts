/** A metric as it was read back. */
export interface ParsedFamily {
  readonly help: string
  readonly type: string
  /** By the series as it stands in the text, such as `name{label="value"}`. */
  readonly samples: ReadonlyMap<string, ParsedSample>
}

export interface ParsedSample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

const labelPattern = /([a-zA-Z_]\w*)="((?:[^"\\\n]|\\["\\n])*)"/g
const labelsPattern = String.raw`\{(?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\["\\n])*",?)+\}`
const samplePattern = new RegExp(
  String.raw`^([a-zA-Z_:][\w:]*)(${labelsPattern})? (\+Inf|-Inf|NaN|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$`,
)
const suffixes: Readonly<Record<string, readonly string[]>> = {
  counter: [''],
  gauge: [''],
  histogram: ['_bucket', '_sum', '_count'],
}

/**
 * Reads the Prometheus text format, version 0.0.4, and is stricter than a scraper: every family has its HELP, its TYPE
 * and then all its samples in one piece, and no series comes twice.
 */
export function parseExposition(text: string): ReadonlyMap<string, ParsedFamily> {
  if (!text.endsWith('\n')) throw new Error('The last line does not end.')
  const blocks = text.slice(0, -1).split(/\n(?=# HELP )/)
  const families = blocks.map(parseFamily)
  const names = families.map(([name]) => name)
  if (new Set(names).size < names.length) throw new Error(`A family comes twice: ${names.join()}`)
  return new Map(families)
}

function parseFamily(block: string): readonly [string, ParsedFamily] {
  const [helpLine = '', typeLine = '', ...lines] = block.split('\n')
  const [, name, help] = /^# HELP ([a-zA-Z_:][\w:]*) (.+)$/.exec(helpLine) ?? []
  const [, typeName, type = ''] = /^# TYPE (\S+) (counter|gauge|histogram)$/.exec(typeLine) ?? []
  if (!name || !help || typeName !== name) throw new Error(`Not a family: ${block}`)
  const samples = new Map<string, ParsedSample>()
  for (const line of lines) {
    const sample = parseSample(line)
    const suffix = sample.name.startsWith(name) ? sample.name.slice(name.length) : 'none'
    if (!suffixes[type]?.includes(suffix)) throw new Error(`Not a sample of ${name}: ${line}`)
    const series = line.slice(0, line.lastIndexOf(' '))
    if (samples.has(series)) throw new Error(`A series comes twice: ${line}`)
    samples.set(series, sample)
  }
  return [name, { help, type, samples }]
}

function parseSample(line: string): ParsedSample {
  const [, name, braces = '', value = ''] = samplePattern.exec(line) ?? []
  if (!name) throw new Error(`Not a sample: ${line}`)
  const pairs = [...braces.matchAll(labelPattern)].map(([, key = '', raw = '']) => [
    key,
    unescape(raw),
  ])
  const labels = Object.fromEntries(pairs)
  if (Object.keys(labels).length < pairs.length) throw new Error(`A label comes twice: ${line}`)
  return { name, labels, value: Number(value.replace('Inf', 'Infinity')) }
}

function unescape(raw: string): string {
  return raw.replaceAll(/\\(.)/g, (_, sign: string) => (sign === 'n' ? '\n' : sign))
}
