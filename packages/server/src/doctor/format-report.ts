import type { CheckResult, Finding } from './check.ts'

export interface ReportStyle {
  /** Signs and words say the same: colour is never alone. */
  readonly colours: boolean
  /** Columns of the terminal. */
  readonly width: number
}

const marks: Readonly<
  Record<Finding['status'], { readonly sign: string; readonly colour: number }>
> = {
  ok: { sign: '✓', colour: 32 },
  warning: { sign: '!', colour: 33 },
  failed: { sign: '✗', colour: 31 },
  skipped: { sign: '-', colour: 90 },
}

const STATUS_WIDTH = 'warning'.length
const NAME_WIDTH = 'flexible-variants'.length
const INDENT = STATUS_WIDTH + NAME_WIDTH + 6

/** Writes one check: sign, word, name, finding, and below it what to do. */
export function formatResult(
  { name, status, finding, fix }: CheckResult,
  style: ReportStyle,
): string {
  const { sign, colour } = marks[status]
  const word = `${sign} ${status.padEnd(STATUS_WIDTH)}`
  const head = `${style.colours ? `\u001B[${colour}m${word}\u001B[39m` : word}  ${name.padEnd(NAME_WIDTH)}  `
  const lines = [...wrap(finding, style), ...(fix === undefined ? [] : wrap(`→ ${fix}`, style))]
  return `${head}${lines.join(`\n${' '.repeat(INDENT)}`)}\n`
}

/** Writes how many there were of each. */
export function formatTally(results: readonly CheckResult[]): string {
  const counts = Object.keys(marks).map((status) => {
    const { length } = results.filter((result) => result.status === status)
    return `${length} ${status}`
  })
  return `\n${results.length} checks: ${counts.join(', ')}\n`
}

/** Writes everything for machines. */
export function formatJson(results: readonly CheckResult[]): string {
  const ok = !hasFailed(results)
  return `${JSON.stringify({ ok, checks: results }, null, 2)}\n`
}

export function hasFailed(results: readonly CheckResult[]): boolean {
  return results.some(({ status }) => status === 'failed')
}

/** Breaks between words, and keeps at least forty columns for them. A name from afar must not steer the terminal. */
function wrap(text: string, { width }: ReportStyle): readonly string[] {
  const room = Math.max(40, width - INDENT)
  const printable = text.replaceAll(/\p{Cc}/gu, '�')
  return printable.split(' ').reduce<string[]>((lines, word) => {
    const line = lines.at(-1)
    if (line === undefined || line.length + 1 + word.length > room) return [...lines, word]
    return [...lines.slice(0, -1), `${line} ${word}`]
  }, [])
}
