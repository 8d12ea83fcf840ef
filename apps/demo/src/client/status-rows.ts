import type { Status } from './api.ts'
import type { Mark } from './line.tsx'

/** One line of the panel: a circuit or a limit, in words. */
export interface Row {
  readonly id: string
  readonly name: string
  readonly mark: Mark
  readonly state: string
  /** What else is known; it follows the countdown if there is one. */
  readonly detail: string
  readonly wait: Wait | null
}

export interface Wait {
  /** On the page's monotonic clock. */
  readonly until: number
  readonly before: string
  readonly after: string
}

/** Puts a status that was heard at `now` into words. */
export function toRows(
  { circuits, uploadHost, gates }: Pick<Status, 'circuits' | 'uploadHost' | 'gates'>,
  now: number,
): readonly Row[] {
  return [
    ...circuits.map((one) => toCircuitRow(one.circuit, { ...one, seen: toCounts(one) }, now)),
    toCircuitRow('upload-host', { ...uploadHost, seen: 'Judged by what browsers report.' }, now),
    ...gates.map((gate) => toGateRow(gate, now)),
  ]
}

/**
 * Keeps the end of a countdown that is still the same one: each reply takes another few milliseconds, and the seconds
 * on screen would go back and forth.
 */
export function steady(before: readonly Row[], rows: readonly Row[]): readonly Row[] {
  return rows.map((row) => {
    const known = before.find(({ id }) => id === row.id)?.wait
    const same = known && row.wait && Math.abs(known.until - row.wait.until) < SAME_MS
    return same ? { ...row, wait: known } : row
  })
}

/** Says what has changed, once; nothing if all is as it was. */
export function toNews(before: readonly Row[], rows: readonly Row[]): string {
  return rows
    .filter(({ id, state }) => before.some((old) => old.id === id && old.state !== state))
    .map(({ name, state }) => `${name}: ${state}.`)
    .join(' ')
}

/** Writes the second line of a row at a moment. */
export function describeRow({ wait, detail }: Row, now: number): string {
  if (wait === null) return detail
  const { until, before, after } = wait
  return `${until > now ? `${before} ${toTime(until - now)}.` : after} ${detail}`
}

const SAME_MS = 500

const names = {
  read: 'Reads',
  write: 'Writes',
  batch: 'Batch host',
  'upload-host': 'Upload host',
} as const

type CircuitFacts = Status['uploadHost'] & { readonly seen: string }

const words: {
  readonly [Name in CircuitFacts['status']]: Pick<Row, 'mark' | 'state'> & {
    readonly toDetail: (facts: CircuitFacts) => string
  }
} = {
  closed: { mark: 'working', state: 'working', toDetail: ({ seen }) => seen },
  open: { mark: 'paused', state: 'paused', toDetail: toPauses },
  probing: { mark: 'trying', state: 'trying one call', toDetail: toPauses },
  isolated: { mark: 'off', state: 'switched off', toDetail: () => 'Somebody did so by hand.' },
  disabled: { mark: 'off', state: 'not guarded', toDetail: () => 'Every call goes through.' },
}

function toCircuitRow(id: keyof typeof names, facts: CircuitFacts, now: number): Row {
  const { mark, state, toDetail } = words[facts.status]
  const row = { id, name: names[id], mark, state, detail: toDetail(facts) }
  if (facts.status !== 'open') return { ...row, wait: null }
  const after = id === 'upload-host' ? 'The next upload tells.' : 'The next call tries it.'
  return { ...row, wait: { until: now + facts.retryAfterMs, before: 'Tries again in', after } }
}

function toPauses({ trips }: CircuitFacts): string {
  return trips > 1 ? `${trips} pauses in a row.` : 'First pause.'
}

function toGateRow({ gate, closedMs }: Status['gates'][number], now: number): Row {
  const row = { id: `limit-${gate}`, name: gate === 'api' ? 'API limit' : 'Batch limit' }
  if (closedMs === 0) {
    return { ...row, mark: 'working', state: 'open', detail: '', wait: null }
  }
  const wait = { until: now + closedMs, before: 'Opens in', after: 'Opens now.' }
  return { ...row, mark: 'paused', state: 'closed', detail: 'Too many calls.', wait }
}

function toCounts({ calls, failures, slow, active, waiting }: Status['circuits'][number]): string {
  const counts = [
    calls === 0 ? 'No calls lately' : count(calls, calls === 1 ? 'call lately' : 'calls lately'),
    calls > 0 && failures === 0 ? 'none failed' : count(failures, 'failed'),
    count(slow, 'slow'),
    count(active, 'under way'),
    count(waiting, 'waiting'),
  ]
  return `${counts.filter((words) => words !== '').join(', ')}.`
}

function count(number: number, what: string): string {
  return number === 0 ? '' : `${number.toLocaleString('en')} ${what}`
}

/** Rounded up: a countdown that reads 0 would be over. */
function toTime(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
