import type { ImageState } from '@lightfast/core'
import { jobKinds } from './api.ts'
import type { Status } from './api.ts'
import { failurePhrases, stagePhrases } from './failure-phrases.ts'
import type { Mark } from './line.tsx'
import type { uploadSigns } from './sign.tsx'

/** One figure that an operator watches, in words. */
export interface Figure {
  readonly id: string
  readonly name: string
  readonly mark: Mark
  readonly state: string
}

/** What the server has counted, and when. */
export type Counts = Pick<Status, 'records' | 'jobs' | 'now'>

/** Uploads and jobs as they stand. */
export interface Stock {
  readonly uploads: readonly (Figure & { readonly sign: keyof typeof uploadSigns })[]
  readonly heldUp: Figure & { readonly reasons: readonly string[] }
  readonly jobs: readonly Figure[]
  /** How many jobs were given up. */
  readonly dead: number
}

/** Puts what the server has counted into words. */
export function toStock({ records, jobs, now }: Counts): Stock {
  return {
    uploads: places.map(({ states, ...place }) => ({
      ...place,
      mark: 'plain',
      state: say(sum(records.filter(({ state }) => states.includes(state)))),
    })),
    heldUp: toHeldUp({ records, jobs, now }),
    jobs: jobKinds.map((kind) => toJobs(kind, { jobs, now })),
    dead: sum(jobs.filter(({ state }) => state === 'dead')),
  }
}

type RecordCount = Status['records'][number]

interface Place {
  readonly id: string
  readonly name: string
  readonly sign: keyof typeof uploadSigns
  readonly states: readonly ImageState[]
}

const places: readonly Place[] = [
  { id: 'waiting', name: 'Waiting for bytes', sign: 'waiting', states: ['requested', 'pending'] },
  { id: 'parked', name: 'Kept by us', sign: 'park', states: ['parked'] },
  { id: 'arrived', name: 'Arrived, unconfirmed', sign: 'arrived', states: ['delivered'] },
  { id: 'ready', name: 'Ready', sign: 'ready', states: ['ready'] },
  { id: 'refused', name: 'Refused', sign: 'refused', states: ['rejected'] },
  { id: 'over', name: 'Over', sign: 'over', states: ['expired', 'deleted'] },
]

interface Patience {
  /** How long nothing has to happen, if nothing has failed, until that is worth a look. */
  readonly ms: number
  readonly where: string
  readonly why: string
  /** What goes on with it. */
  readonly job?: (typeof jobKinds)[number]
}

const upload: Patience = { ms: 60_000, where: 'without bytes', why: 'nobody has sent any' }

/** An upload in any other state is held up by nothing. */
const patience: { readonly [State in ImageState]?: Patience } = {
  requested: upload,
  pending: upload,
  parked: {
    ms: 5000,
    where: 'kept by us',
    why: 'its turn to be sent on has not come',
    job: 'forward',
  },
  delivered: {
    ms: 5000,
    where: 'arrived',
    why: 'nobody says whether it is ready',
    job: 'confirm',
  },
}

function toHeldUp({ records, jobs, now }: Counts): Stock['heldUp'] {
  const held = records.filter((one) => isHeldUp(one, now))
  const figure = { id: 'held-up', name: 'Held up' }
  if (held.length === 0) {
    return { ...figure, mark: 'working', state: 'none', reasons: ['Nothing stands still.'] }
  }
  const oldestAt = Math.min(...held.map((one) => toSince(one, jobs)))
  const state = `${say(sum(held))}, oldest ${toAge(now - oldestAt)}`
  return { ...figure, mark: 'paused', state, reasons: held.map(explain) }
}

function isHeldUp({ state, code, oldestAt }: RecordCount, now: number): boolean {
  const known = patience[state]
  return known !== undefined && (code !== null || now - oldestAt > known.ms)
}

/** A record is news with every try. Its job has been there since it began to wait. */
function toSince({ state, oldestAt }: RecordCount, jobs: Counts['jobs']): number {
  const kind = patience[state]?.job
  const job = jobs.find((one) => one.kind === kind && one.state === 'queued')
  return Math.min(oldestAt, job?.oldestAt ?? oldestAt)
}

function explain({ state, stage, code, count }: RecordCount): string {
  const { where = '', why = '' } = patience[state] ?? {}
  if (code === null) return `${say(count)} ${where}: ${why}.`
  const during = stage === null ? '' : `, stalled while ${stagePhrases[stage]}`
  return `${say(count)} ${where}${during}: ${failurePhrases[code]}.`
}

/** What a job is for, short enough for a line with its figures. */
export const jobNames: { readonly [Kind in (typeof jobKinds)[number]]: string } = {
  forward: 'Send on',
  confirm: 'Confirm',
  close: 'Settle tries',
  expire: 'Expire',
  'delete-remote': 'Delete',
  'drop-bytes': 'Drop bytes',
  reconcile: 'Compare',
  thumbhash: 'Draw likenesses',
}

/** These come about long after they were asked for: a wait says nothing. */
const unhurried: readonly string[] = ['close', 'expire', 'drop-bytes', 'reconcile']

const LATE_MS = 5000

function toJobs(
  kind: (typeof jobKinds)[number],
  { jobs, now }: Pick<Counts, 'jobs' | 'now'>,
): Figure {
  const [queued, dead] = (['queued', 'dead'] as const).map((state) =>
    jobs.find((one) => one.kind === kind && one.state === state),
  )
  const ageMs = queued ? now - queued.oldestAt : 0
  const words = [
    ...(dead ? [`${say(dead.count)} given up`] : []),
    ...(queued ? [`${say(queued.count)}${dead ? ' waiting' : ''}, oldest ${toAge(ageMs)}`] : []),
  ]
  const isLate = ageMs > LATE_MS && !unhurried.includes(kind)
  const mark = dead ? 'off' : isLate ? 'paused' : 'plain'
  return { id: kind, name: jobNames[kind], mark, state: words.join(', ') || 'none' }
}

function sum(counts: readonly { readonly count: number }[]): number {
  return counts.reduce((total, { count }) => total + count, 0)
}

function say(count: number): string {
  return count.toLocaleString('en')
}

/** In one unit, so that it moves as seldom as it can. */
function toAge(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`
  return `${Math.floor(seconds / 3600)} h`
}
