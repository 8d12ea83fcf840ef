/** What is to go wrong, as data. Spread several into one: `{ ...slowDown({ … }), ...rejectAfter(500) }`. */
import { createFailure } from '@lightfast/core'
import type { Failure, FailureCode, Rung } from '@lightfast/core'

/** How a scripted server behaves. What is left out goes well. */
export interface Script {
  /** Why no way is given to the bytes, and how often. */
  readonly provision?: { readonly failure: Failure; readonly times: number }
  /** Where on the way of the bytes something happens, and how often. */
  readonly transfer?: {
    /** The fraction of the bytes that gets through before. */
    readonly at: number
    /** What the image host answers, such as 5455; null breaks the connection. */
    readonly cloudflareCode: number | null
    readonly times: number
  }
  /** Cloudflare's word, and how long after the bytes it comes. */
  readonly verdict?: { readonly afterMs: number; readonly outcome: 'ready' | 'rejected' }
  /** The way that the bytes are to take. Default: `direct`. */
  readonly rung?: Rung
  readonly bytesPerSecond?: number
  /** How long every answer takes that is not about bytes. */
  readonly delayMs?: number
  readonly network?: 'offline'
}

/** How often something happens. Default: always. */
interface Times {
  readonly times?: number
}

export interface FailProvisionOptions extends Times {
  /** Default: `host_unavailable`. */
  readonly code?: FailureCode
  readonly retryAfterMs?: number
}

export interface FailTransferOptions extends Times {
  /** From 0 to 1. Default: 0.5. */
  readonly at?: number
  /** What the image host answers in place of a broken connection. */
  readonly cloudflareCode?: number
}

/** Everything goes well. */
export const succeed = (): Script => ({})

/** No way is given to the bytes: nothing is sent. */
export function failProvision(options: FailProvisionOptions = {}): Script {
  const { code = 'host_unavailable', retryAfterMs, times = Infinity } = options
  const details = retryAfterMs === undefined ? {} : { retryAfterMs }
  return { provision: { failure: createFailure(code, 'The script says so.', details), times } }
}

/** The server has seen too many failures of the image host and asks nothing of it for a while. */
export function openCircuit({ retryAfterMs = 30_000 }: { retryAfterMs?: number } = {}): Script {
  return failProvision({ code: 'circuit_open', retryAfterMs })
}

/** The bytes do not get through. */
export function failTransfer(options: FailTransferOptions = {}): Script {
  const { at = 0.5, cloudflareCode = null, times = Infinity } = options
  return { transfer: { at, cloudflareCode, times } }
}

/** The bytes arrive, and Cloudflare does not want them. */
export const rejectAfter = (ms: number): Script => ({
  verdict: { afterMs: ms, outcome: 'rejected' },
})

/** The bytes arrive, and Cloudflare's word comes late; after `Infinity` it never does. */
export const confirmAfter = (ms: number): Script => ({ verdict: { afterMs: ms, outcome: 'ready' } })

/** The server keeps the bytes and sends them on later. Default: never. */
export function parkUploads({ forMs = Infinity }: { forMs?: number } = {}): Script {
  return { rung: 'park', ...confirmAfter(forMs) }
}

/** The bytes go through the server. */
export const relayUploads = (): Script => ({ rung: 'relay' })

/** A slow line. Progress is seen through the server's own transport; MSW only makes it late. */
export function slowDown({ bytesPerSecond }: { bytesPerSecond: number }): Script {
  if (!(bytesPerSecond > 0)) throw new RangeError('Bytes per second must be more than none.')
  return { bytesPerSecond }
}

/** The server takes its time for every answer. */
export const delayReplies = (ms: number): Script => ({ delayMs: ms })

/** Nothing gets through. */
export const goOffline = (): Script => ({ network: 'offline' })
