import type { Row, Unit } from './row.ts'

const headings = ['group', 'what', 'figure', 'ratio', 'of', 'goal', 'holds']
/** Figures are set flush right, words flush left. */
const flushRight = [false, false, true, true, false, true, false]

/** Sets rows as a table of text. */
export function toTable(rows: readonly Row[]): string {
  const lines = [headings, ...rows.map(toCells)]
  const widths = headings.map((_, at) => Math.max(...lines.map((cells) => cells[at]?.length ?? 0)))
  return lines.map((cells) => toLine(cells, widths)).join('\n')
}

function toCells({ group, name, figure, unit, ratio, ratioOf, goal, holds }: Row): string[] {
  return [
    group,
    name,
    toText(figure, unit),
    ratio === undefined ? '' : toText(ratio, 'times'),
    ratioOf ?? '',
    goal === undefined ? '' : `<= ${toText(goal, ratio === undefined ? unit : 'times')}`,
    toWord(holds),
  ]
}

/** Writes a figure with its unit, as a person would. */
function toText(figure: number, unit: Unit): string {
  if (unit === 'share') return `${(figure * 100).toFixed(1)} %`
  if (unit === 'times') return `${figure.toFixed(2)}x`
  if (unit === 'bytes') return `${(figure / 1024).toFixed(2)} KiB`
  return `${Math.round(figure).toLocaleString('en')} ${unit}`
}

function toWord(holds: boolean | undefined): string {
  if (holds === undefined) return ''
  return holds ? 'yes' : 'NO'
}

function toLine(cells: readonly string[], widths: readonly number[]): string {
  const padded = cells.map((cell, at) => {
    const width = widths[at] ?? 0
    return flushRight[at] ? cell.padStart(width) : cell.padEnd(width)
  })
  return padded.join('  ').trimEnd()
}
