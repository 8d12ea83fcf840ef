import type { EventBus } from '../events.ts'
import { checkNumber, duration } from '../read-config.ts'
import type { Send } from '../resilience/layer.ts'
import type { Surroundings } from '../surroundings.ts'
import { createBatchHost, readBatchToken } from './batch-host.ts'
import type { BatchAsker, BatchToken } from './batch-host.ts'
import { describeCall } from './describe-call.ts'
import type { Limits } from './describe-call.ts'
import { toHosts } from './hosts.ts'
import type { Host, HostOptions } from './hosts.ts'
import type { ReplyFormat } from './read-reply.ts'

/** What a caller may say about a single call. */
export interface CallOptions {
  /** Settles the call at once, whatever it is doing. */
  readonly signal?: AbortSignal
  /** For everything: attempts, bodies and the sleeps between. @default 20_000 */
  readonly deadlineMs?: number
  /** `never`: an answer now, or none. */
  readonly repeat?: 'never'
}

/** One endpoint: all that differs between one call and another. */
export interface Endpoint<Result> extends ReplyFormat<Result> {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** After `/accounts/<id>/images`. Each segment is validated and percent-encoded. */
  readonly path: readonly string[]
  readonly query?: URLSearchParams
  readonly repeat: 'safe' | 'unsafe'
  /** `batch`: the batch host has this endpoint too, and it is called often enough to matter. */
  readonly host?: 'batch'
  /** How much longer than others it may take, because its body is large. */
  readonly bodyMs?: number
  /** Made afresh for each attempt. A string is sent as JSON. */
  readonly makeBody?: () => FormData | string
  /** For an endpoint that is not safe to repeat: see `Call`. */
  readonly readBack?: (options: CallOptions) => Promise<Result | undefined>
}

export interface Api {
  /**
   * Calls an endpoint and reads its result.
   * @throws ImagesError whenever the call failed, `success: false` with status 200 included.
   */
  readonly call: <Result>(endpoint: Endpoint<Result>, options?: CallOptions) => Promise<Result>
  readonly surroundings: ApiSurroundings
}

export type ApiSurroundings = Pick<Surroundings, 'now' | 'monotonic' | 'schedule'>

export interface ApiOptions extends HostOptions {
  readonly send: Send
  readonly surroundings: ApiSurroundings
  readonly bus: EventBus
}

const DEADLINE_MS = 20_000

/**
 * Makes the one function that all endpoints are called by.
 * @throws TypeError if the account, the token or an address cannot be sent.
 */
export function createApi({ send, surroundings, bus, ...options }: ApiOptions): Api {
  const { monotonic } = surroundings
  const { api, batchUrl = '' } = toHosts(options)
  const batch = batchUrl && createBatchHost({ ask, surroundings, bus })
  return { call, surroundings }

  async function call<Result>(
    endpoint: Endpoint<Result>,
    options: CallOptions = {},
  ): Promise<Result> {
    const { signal, repeat = endpoint.repeat } = options
    const limits = {
      signal,
      deadlineAt: monotonic() + readDeadline(options),
      repeat,
      tally: { sent: 0, at: 0 },
    }
    const token = batch && endpoint.host && (await batch.findToken(limits))
    if (!batch || !token) return sendTo(api, endpoint, limits)
    try {
      return await sendTo({ key: 'batch', url: batchUrl, token }, endpoint, limits)
    } catch (error) {
      if (signal?.aborted || !batch.mayGoAround(error, token)) throw error
      return sendTo(api, endpoint, limits)
    }
  }

  async function ask(asker: BatchAsker): Promise<BatchToken> {
    return sendTo(api, batchToken, { ...asker, repeat: 'never', tally: { sent: 0, at: 0 } })
  }

  async function sendTo<Result>(
    host: Host,
    endpoint: Endpoint<Result>,
    limits: Limits,
  ): Promise<Result> {
    const { result } = await send(describeCall(endpoint, { host, limits, surroundings }))
    return result
  }
}

/**
 * Gives each of several calls, which are one to the caller, the time that is left.
 * @throws RangeError if `deadlineMs` is no time.
 */
export function countDown(
  { surroundings: { monotonic } }: Api,
  options: CallOptions = {},
): () => CallOptions & { readonly deadlineMs: number } {
  const deadlineAt = monotonic() + readDeadline(options)
  return () => ({ ...options, deadlineMs: Math.max(1, deadlineAt - monotonic()) })
}

function readDeadline({ deadlineMs = DEADLINE_MS }: CallOptions): number {
  checkNumber('deadlineMs', deadlineMs, { ...duration, min: Number.MIN_VALUE })
  return deadlineMs
}

const batchToken: Endpoint<BatchToken> = {
  operation: 'images.getBatchToken',
  method: 'GET',
  path: ['v1', 'batch_token'],
  repeat: 'safe',
  result: { '~standard': { validate: readBatchToken } },
}
