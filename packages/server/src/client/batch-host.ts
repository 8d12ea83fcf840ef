import { ImagesError } from '@lightfast/core'
import type { FailureCode } from '@lightfast/core'
import type { EventBus } from '../events.ts'
import type { Surroundings } from '../surroundings.ts'

/** A token of the batch host as the API answers it. */
export interface BatchToken {
  readonly token: string
  /** RFC 3339, with nanoseconds. */
  readonly expiresAt: string
}

/** Whose time and signal asking for a token takes. */
export interface BatchAsker {
  readonly signal: AbortSignal | undefined
  /** On the monotonic clock. */
  readonly deadlineAt: number
}

export interface BatchHostOptions {
  /** Asks the API for a token, once. */
  readonly ask: (asker: BatchAsker) => Promise<BatchToken>
  readonly surroundings: Pick<Surroundings, 'now' | 'monotonic'>
  readonly bus: EventBus
}

export interface BatchHost {
  /** Gives the token to use now, if there is one. The call that finds it missing or running out asks for it. */
  readonly findToken: (asker: BatchAsker) => Promise<string | undefined>
  /** Asks whether a call that failed there may go over the API: if the host would not take it. A refused token is dropped. */
  readonly mayGoAround: (error: unknown, token: string) => boolean
}

/** How long asking may take, and never more than half of what the call has: it could as well go over the API. */
const ASK_MS = 2000

/** How long nobody asks again if none can be had. */
const REST_MS = 60_000

/**
 * Keeps the token of the batch host, which takes 200 calls a second apart from the limit of the API. Nobody ever
 * waits for somebody else's question, which a Worker may not: while one call asks, others use the old
 * token, or the API.
 * @see https://developers.cloudflare.com/images/storage/upload-images/images-batch/
 */
export function createBatchHost({ ask, surroundings, bus }: BatchHostOptions): BatchHost {
  const { now, monotonic } = surroundings
  let held = { token: '', refreshAt: 0, expiresAt: 0 }
  // A time and no flag: whoever asks may be ended at any moment, and could never take a flag down.
  let askAt = 0
  return { findToken, mayGoAround }

  async function findToken(asker: BatchAsker): Promise<string | undefined> {
    if (!held.token || monotonic() >= held.refreshAt) await refresh(asker)
    return monotonic() < held.expiresAt ? held.token : undefined
  }

  async function refresh({ signal, deadlineAt }: BatchAsker): Promise<void> {
    const startedAt = monotonic()
    if (startedAt < askAt) return
    askAt = startedAt + ASK_MS
    try {
      keep(await ask({ signal, deadlineAt: Math.min(askAt, (startedAt + deadlineAt) / 2) }))
    } catch (error) {
      askAt = 0
      if (signal?.aborted || !(error instanceof ImagesError)) throw error
      rest(error.code)
    }
  }

  function keep({ token, expiresAt }: BatchToken): void {
    askAt = 0
    // Of nanoseconds, the language promises to read the first three digits.
    const lifeMs = Date.parse(expiresAt.replace(/(\.\d{3})\d+/, '$1')) - now()
    if (!(lifeMs > 0)) return rest('host_reply_invalid')
    const expires = monotonic() + lifeMs
    held = { token, refreshAt: expires - Math.min(lifeMs / 5, REST_MS), expiresAt: expires }
  }

  function rest(reason: FailureCode): void {
    askAt = monotonic() + REST_MS
    bus.emit('batch-unavailable', () => ({ type: 'batch-unavailable', reason }))
  }

  function mayGoAround(error: unknown, token: string): boolean {
    if (!(error instanceof ImagesError)) return false
    if (error.code === 'credentials_refused' && token === held.token) {
      held = { token: '', refreshAt: 0, expiresAt: 0 }
      rest(error.code)
    }
    return around.has(error.code)
  }
}

/** None of these was carried out. */
const around: ReadonlySet<FailureCode> = new Set([
  'circuit_open',
  'credentials_refused',
  'rate_limited',
])

/** Reads a token as the API answers it, for Standard Schema. It must fit into a header. */
export function readBatchToken(
  result: unknown,
): { readonly value: BatchToken } | { readonly issues: readonly [] } {
  const { token, expiresAt }: Readonly<Record<string, unknown>> = Object(result)
  const isText = typeof token === 'string' && typeof expiresAt === 'string'
  return isText && /^[!-~]+$/.test(token) ? { value: { token, expiresAt } } : { issues: [] }
}
