import { ImagesError } from '@lightfast/core'
import { readStream } from '../client/read-stream.ts'
import { defaultRetryConfig, nextDelay } from '../resilience/retry-delay.ts'
import { settleWithin } from '../resilience/settle-within.ts'
import { sleep } from '../resilience/sleep.ts'
import type { BucketConfig } from './bucket-config.ts'
import { toRefusal, toUnavailable } from './bucket-failure.ts'
import { toObjectUrl } from './object-url.ts'
import type { Query } from './object-url.ts'
import { createSigner } from './sign-request.ts'

export interface BucketRequest {
  /** What is told of it when it fails. */
  readonly operation: string
  readonly method: 'DELETE' | 'GET' | 'POST' | 'PUT'
  /** The name of an object. Without one, it is about the bucket. */
  readonly name?: string
  readonly query?: Query
  readonly body?: Uint8Array<ArrayBuffer>
  /** `safe`: twice does the same as once, so it is sent again when nobody knows what became of it. */
  readonly repeat: 'never' | 'safe'
  /** Of the reply. @default 100_000 */
  readonly maxBytes?: number
  readonly signal?: AbortSignal | undefined
}

export interface BucketReply {
  readonly headers: Headers
  readonly chunks: readonly Uint8Array<ArrayBuffer>[]
}

export interface Bucket {
  /** Sends a request. @throws ImagesError if the bucket does not answer, or not that it did it. */
  readonly send: (request: BucketRequest) => Promise<BucketReply>
}

const ATTEMPTS = 3
const MAX_REPLY_BYTES = 100_000
const pauses = { ...defaultRetryConfig, baseMs: 200, capMs: 2000 }
const passing = new Set([429, 500, 502, 503, 504])

interface Reply extends BucketReply {
  readonly status: number
}

/** Makes a way to talk to a bucket: every request has its time, and a bounded reply. */
export function createBucket(config: BucketConfig): Bucket {
  const { timeoutMs, surroundings } = config
  const { fetch, random, schedule } = surroundings
  const sign = createSigner(config)

  async function send(request: BucketRequest): Promise<BucketReply> {
    const url = toObjectUrl(config.url, request.name, request.query ?? {})
    let pauseMs = 0
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await sendOnce(url, request)
      const again = request.repeat === 'safe' && attempt < ATTEMPTS && isPassing(outcome)
      if (!again) return toReply(outcome, request)
      pauseMs = nextDelay({ retryAfterMs: undefined, previousMs: pauseMs }, pauses, random())
      await sleep(schedule, pauseMs, request.signal)
    }
  }

  /** A failure that another try may mend is answered, not thrown. */
  async function sendOnce(url: string, request: BucketRequest): Promise<Reply | ImagesError> {
    const { operation, signal } = request
    const onTime = (_: unknown, reject: (reason: unknown) => void) =>
      reject(toUnavailable(`did not finish answering ${operation} within ${timeoutMs} ms`))
    try {
      const limits = { schedule, ms: timeoutMs, signal, onTime }
      return await settleWithin<Reply>(limits, (resolve, reject) => {
        const aborting = new AbortController()
        exchange(url, request, aborting.signal).then(resolve, reject)
        return (reason) => aborting.abort(reason)
      })
    } catch (error) {
      signal?.throwIfAborted()
      if (error instanceof ImagesError) return error
      return toUnavailable(`could not be reached for ${operation}`, error)
    }
  }

  async function exchange(
    url: string,
    { operation, maxBytes = MAX_REPLY_BYTES, ...request }: BucketRequest,
    signal: AbortSignal,
  ): Promise<Reply> {
    const response = await fetch(await sign(url, request, signal))
    const toTooLarge = () => toUnavailable(`answered ${operation} with over ${maxBytes} bytes`)
    const { status, headers, body } = response
    const chunks = body ? await readStream(body, { maxBytes, signal, toTooLarge }) : []
    if (!isWhole(headers, chunks)) throw toUnavailable(`broke off while it answered ${operation}`)
    return { status, headers, chunks }
  }

  return { send }
}

function isPassing(outcome: Reply | ImagesError): boolean {
  return outcome instanceof ImagesError || passing.has(outcome.status)
}

function toReply(outcome: Reply | ImagesError, { operation }: BucketRequest): BucketReply {
  if (outcome instanceof ImagesError) throw outcome
  const { status, chunks } = outcome
  if (status < 200 || status > 299) throw toRefusal(operation, status, decode(chunks))
  return outcome
}

/** Some networks cut a body off and call it the end. What came packed has another length. */
function isWhole(headers: Headers, chunks: readonly Uint8Array[]): boolean {
  const announced = headers.get('content-length')
  if (announced === null || headers.has('content-encoding')) return true
  return chunks.reduce((sum, { byteLength }) => sum + byteLength, 0) === Number(announced)
}

/** Reads a reply as text. */
export function decode(chunks: readonly Uint8Array[]): string {
  const decoder = new TextDecoder()
  const text = chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join('')
  return text + decoder.decode()
}
