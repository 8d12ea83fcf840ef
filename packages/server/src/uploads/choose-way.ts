import type { Rung } from '@lightfast/core'
import type { ClientStatus } from '../client/create-client-core.ts'
import type { Attempt } from './record.ts'

export interface ChoiceFacts {
  /** The rungs that the server has. */
  readonly rungs: readonly Rung[]
  /** The attempts of this upload so far. */
  readonly attempts: readonly Attempt[]
  /** Whether an earlier attempt may have brought the bytes, and Cloudflare does not say. */
  readonly past: 'clear' | 'unknown'
  readonly host: HostHealth
  readonly now: number
}

/** Whether the two hosts admit calls now, by all that is known here. */
export interface HostHealth {
  readonly api: 'well' | 'down'
  readonly uploadHost: 'well' | 'down'
}

/** How long a failed attempt is a reason to try another way. */
const MEMORY_MS = 600_000

/** A connection that breaks may be the visitor's own. Twice, and it is worth another way. */
const AMBIGUOUS_TRIES = 2

/** Chooses the rung of the next attempt, before anything has to fail again. */
export function chooseRung({ rungs, attempts, past, host, now }: ChoiceFacts): Rung | undefined {
  const has = (rung: Rung): boolean => rungs.includes(rung)
  if (past === 'unknown' || host.api === 'down') {
    // Parking asks nobody: the bytes are sent on when Cloudflare answers, and not if it has them already.
    if (has('park')) return 'park'
    return past === 'unknown' ? undefined : rungs[0]
  }
  const direct = host.uploadHost === 'well' && !hasFailed(attempts, now)
  if (has('direct') && direct) return 'direct'
  return (['relay', 'park', 'direct'] as const).find(has)
}

/** Reads how the hosts are from what holds the client together. The end of a pause counts as well: somebody has to try. */
export function readHealth({ circuits, gates, uploadHost }: ClientStatus): HostHealth {
  const isOpen = (circuit: string): boolean =>
    circuits.some(
      (one) => one.circuit === circuit && one.status !== 'closed' && one.retryAfterMs > 0,
    )
  const isShut = (gate: string): boolean =>
    gates.some((one) => one.gate === gate && one.closedMs > 0)
  const viaBatch = circuits.some(({ circuit, calls }) => circuit === 'batch' && calls > 0)
  const batchWell = viaBatch && !isOpen('batch') && !isShut('batch')
  const apiWell = batchWell || (!isOpen('write') && !isShut('api'))
  const hostDown = uploadHost.status !== 'closed' && uploadHost.retryAfterMs > 0
  return { api: apiWell ? 'well' : 'down', uploadHost: hostDown ? 'down' : 'well' }
}

function hasFailed(attempts: readonly Attempt[], now: number): boolean {
  const lately = attempts.filter(
    ({ rung, createdAt }) => rung === 'direct' && now - createdAt < MEMORY_MS,
  )
  const codes = lately.map(({ failureCode }) => failureCode)
  const ambiguous = codes.filter(
    (code) => code === 'transfer_interrupted' || code === 'transfer_timed_out',
  )
  return codes.includes('upload_host_failed') || ambiguous.length >= AMBIGUOUS_TRIES
}
