export interface BarFigures {
  readonly done: number
  readonly failed: number
  readonly total: number
}

const WIDTH = 24

/** Draws how far something is, on one line. */
export function formatBar({ done, failed, total }: BarFigures): string {
  const full = total > 0 ? Math.floor((WIDTH * Math.min(done, total)) / total) : 0
  const bar = '█'.repeat(full) + '░'.repeat(WIDTH - full)
  return `${bar} ${done} of ${total}${failed > 0 ? `, ${failed} failed` : ''}`
}
