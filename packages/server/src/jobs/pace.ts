/** How many jobs may call Cloudflare side by side, as a pure machine: so that an outage does not end with a stampede. */
import type { ResilienceStatus } from '../resilience/create-resilience.ts'
import type { CircuitKey, GateKey } from '../resilience/layer.ts'

/**
 * What stands between jobs and Cloudflare. `shut`: every call would be refused, for `waitMs` if that is known. `ajar`: a circuit waits for
 * somebody to try.
 */
export type Doors =
  | { readonly state: 'open' | 'ajar' }
  | { readonly state: 'shut'; readonly waitMs: number }

/** `troubled`: there was trouble of late, so that it begins with one and grows. */
export interface Pace {
  readonly width: number
  readonly troubled: boolean
  /** Nobody begins before then, on the monotonic clock. */
  readonly restUntil: number
}

export type PaceEvent =
  | { readonly type: 'looked'; readonly doors: Doors }
  | { readonly type: 'succeeded' }
  | { readonly type: 'parked'; readonly now: number }

export interface PaceConfig {
  /** How many may call side by side at the most. */
  readonly concurrency: number
  /** How long nobody begins after one had to be parked: there may be hundreds that would be parked as well. */
  readonly restMs: number
}

/** Makes the pace to begin with: as many as there are places. */
export function createPace({ concurrency }: PaceConfig): Pace {
  return { width: concurrency, troubled: false, restUntil: -Infinity }
}

/**
 * Decides how an event changes the pace. Trouble sets it back to one. Each success adds one, so that the number side by side
 * doubles with every round. The same object means that nothing happened.
 */
export function changePace(pace: Pace, event: PaceEvent, config: PaceConfig): Pace {
  switch (event.type) {
    case 'looked':
      return look(pace, event.doors, config)
    case 'succeeded':
      return pace.width < config.concurrency ? { ...pace, width: pace.width + 1 } : pace
    case 'parked':
      return { width: 1, troubled: true, restUntil: event.now + config.restMs }
    default:
      return event satisfies never
  }
}

/**
 * A circuit that is ajar sets the pace back once and no more: it may stay so for long, if no job calls what it guards,
 * while others succeed.
 */
function look(pace: Pace, { state }: Doors, { concurrency }: PaceConfig): Pace {
  const isSetBack = pace.troubled && pace.width === 1
  if (state === 'shut') return isSetBack ? pace : { ...pace, width: 1, troubled: true }
  if (state === 'ajar') return pace.troubled ? pace : { ...pace, width: 1, troubled: true }
  return pace.troubled && pace.width >= concurrency ? { ...pace, troubled: false } : pace
}

/** Answers how many may call side by side now. */
export function toWidth({ width, restUntil }: Pace, doors: Doors, now: number): number {
  return doors.state === 'shut' || now < restUntil ? 0 : width
}

/** Answers how long nobody may begin; 0 if somebody may. */
export function toRestMs({ restUntil }: Pace, doors: Doors, now: number): number {
  return Math.max(0, restUntil - now, doors.state === 'shut' ? doors.waitMs : 0)
}

/**
 * Reads the doors from what the client tells. Jobs call the API, and the batch host first if there is one: who is refused there goes round
 * by the API. The batch host counts as a way only if it was used of late, because its circuit is closed as well where there is none.
 */
export function toDoors(status: ResilienceStatus): Doors {
  const api = readWay(status, ['read', 'write'], 'api')
  if (api.state !== 'shut') return api
  const isBatchUsed = status.circuits.some(({ circuit, calls }) => circuit === 'batch' && calls > 0)
  const batch = readWay(status, ['batch'], 'batch')
  return isBatchUsed && batch.state !== 'shut' ? batch : api
}

function readWay(
  { circuits, gates }: ResilienceStatus,
  keys: readonly CircuitKey[],
  gate: GateKey,
): Doors {
  const needed = circuits.filter(({ circuit }) => keys.includes(circuit))
  const closedMs = gates.find((one) => one.gate === gate)?.closedMs ?? 0
  const waitMs = Math.max(closedMs, ...needed.map(toShutMs))
  if (waitMs > 0) return { state: 'shut', waitMs }
  return { state: needed.some(isAjar) ? 'ajar' : 'open' }
}

type Entry = ResilienceStatus['circuits'][number]

/** One that was isolated by hand stays shut until somebody closes it. */
function toShutMs({ mode, status, retryAfterMs }: Entry): number {
  if (mode === 'isolated') return Infinity
  return mode === 'automatic' && status !== 'closed' ? retryAfterMs : 0
}

function isAjar({ mode, status }: Entry): boolean {
  return mode === 'automatic' && status !== 'closed'
}
