/** What an outage, and its end, looked like from the other side. */
import type { Evidence } from './evidence.ts'
import type { HostLine } from './host-log.ts'

export interface OutageFigures {
  /** How long after its end the first file was sent, in ms. */
  readonly resumedAfterMs: number
  /** How long after its end the last upload was ready, in ms. */
  readonly doneAfterMs: number
  /** Calls of our server while Cloudflare was down, in each minute of it. */
  readonly callsPerMinute: readonly number[]
  /** Files that our server sent after the end of the outage, in each second from the first on. */
  readonly sendsPerSecond: readonly number[]
  /** How many of them were under way side by side at the most. */
  readonly sideBySide: number
}

/** A circuit that opens again and again is open for five minutes in the end, give or take a fifth; then a job comes within seconds. */
export const OPEN_PERIOD_MS = 300_000 * 1.2 + 10_000

/** How many jobs are done side by side. */
export const MAX_SIDE_BY_SIDE = 8

export interface MeasureOutage {
  readonly evidence: Evidence
  readonly lines: readonly HostLine[]
  readonly startedAt: number
  readonly endedAt: number
}

/** Measures it. */
export function measureOutage(given: MeasureOutage): OutageFigures {
  const { evidence, lines, startedAt, endedAt } = given
  const readyAt = evidence.files.flatMap(({ audit }) =>
    audit.filter(({ to }) => to === 'ready').map(({ at }) => at),
  )
  const within = lines.filter(({ at }) => at >= startedAt && at < endedAt)
  const sends = lines.filter((line) => line.at >= endedAt && isSend(line))
  const firstAt = Math.min(...sends.map(({ at }) => at))
  return {
    resumedAfterMs: firstAt - endedAt,
    doneAfterMs: Math.max(...readyAt) - endedAt,
    callsPerMinute: countPer(
      60_000,
      within.map(({ at }) => at),
      startedAt,
    ),
    sendsPerSecond: countPer(
      1000,
      sends.map(({ at }) => at),
      firstAt,
    ),
    sideBySide: countSideBySide(sends),
  }
}

function isSend({ method, path }: HostLine): boolean {
  return method === 'POST' && path.endsWith('/images/v1')
}

function countPer(ms: number, times: readonly number[], from: number): readonly number[] {
  const counts: number[] = []
  for (const time of times) {
    const at = Math.floor((time - from) / ms)
    counts[at] = (counts[at] ?? 0) + 1
  }
  return Array.from(counts, (count) => count ?? 0)
}

function countSideBySide(lines: readonly HostLine[]): number {
  const steps = lines
    .flatMap(({ startedAt, at }) => [
      { at: startedAt, by: 1 },
      { at, by: -1 },
    ])
    .toSorted((a, b) => a.at - b.at || a.by - b.by)
  let now = 0
  let most = 0
  for (const { by } of steps) {
    now += by
    most = Math.max(most, now)
  }
  return most
}
