import type { Failure } from '@lightfast/core'
import { isNumber, isText, oneOf, shapeOf } from '../shape.ts'
import { LONGEST_WAIT_MS, toWait } from './wait.ts'
import type { WaitReason } from './wait.ts'

/**
 * What all uploaders of one endpoint know of its circuit, in this page and in other tabs. Plain data, so
 * that it can be told from one to the next.
 */
export type Verdict =
  | { readonly status: 'clear' }
  /** Our server named a time before which nobody is to ask. */
  | { readonly status: 'paused'; readonly reason: PauseReason; readonly until: number }
  /** One upload tries, and all others wait for how it fares. It has until then. */
  | {
      readonly status: 'probing'
      readonly reason: PauseReason
      readonly until: number
      readonly by: string
    }

type PauseReason = 'circuit' | 'rate'

export const clear: Verdict = { status: 'clear' }

/** As long as one call to our server may take. A probe that does not report by then is replaced. */
const PROBE_MS = 20_000

/** A probe that met something else has learnt nothing: the next one may try after that. */
const NEXT_PROBE_MS = 2000

/** Asks whether an upload may ask our server now. */
export function mayAsk(verdict: Verdict, uploadId: string, now: number): boolean {
  if (verdict.status === 'clear' || now >= verdict.until) return true
  return verdict.status === 'probing' && verdict.by === uploadId
}

/** Makes an upload the one that tries. Where nothing is paused, there is nothing to try. */
export function probe(verdict: Verdict, by: string, now: number): Verdict {
  if (verdict.status === 'clear') return verdict
  return { status: 'probing', reason: verdict.reason, until: now + PROBE_MS, by }
}

/** Takes in how a call to our server ended; null is well. */
export function judge(verdict: Verdict, failure: Failure | null, now: number): Verdict {
  if (failure === null) return clear
  const wait = toWait(failure, { online: true, now, random: 0 })
  if (wait !== null && isShared(wait.reason) && wait.retryAt !== null) {
    return { status: 'paused', reason: wait.reason, until: wait.retryAt }
  }
  if (verdict.status !== 'probing') return verdict
  return { status: 'paused', reason: verdict.reason, until: now + NEXT_PROBE_MS }
}

/** A limit of one person, or of one upload, says nothing of the next one's chances. */
function isShared(reason: WaitReason): reason is PauseReason {
  return reason === 'circuit' || reason === 'rate'
}

/** Reads what another tab says, which may run another version of the app. Null: nothing that could be meant. */
export function parseVerdict(message: unknown, now: number): Verdict | null {
  if (isClear(message)) return clear
  const held = isPaused(message) || isProbing(message)
  return held && message.until <= now + LONGEST_WAIT_MS ? message : null
}

const isClear = shapeOf<Extract<Verdict, { status: 'clear' }>>({ status: oneOf(['clear']) })

const pause = { reason: oneOf<PauseReason>(['circuit', 'rate']), until: isNumber }

const isPaused = shapeOf<Extract<Verdict, { status: 'paused' }>>({
  status: oneOf(['paused']),
  ...pause,
})

const isProbing = shapeOf<Extract<Verdict, { status: 'probing' }>>({
  status: oneOf(['probing']),
  by: isText,
  ...pause,
})
