/** The only place that knows Cloudflare's `success`, `errors`, `result` wrapper and its error numbers. */
import { ImagesError } from '@lightfast/core'
import type { FailureCode } from '@lightfast/core'
import type { Reply } from '../resilience/layer.ts'
import { describeBody } from './describe-body.ts'
import { parseExhausted, parseRetryAfter } from './retry-after.ts'

interface Envelope {
  readonly success: boolean
  readonly errors: readonly number[]
  readonly result: unknown
}

/**
 * What Cloudflare's numbers mean to us. There is no official table: these were observed on production.
 * 5550 came with HTTP 415 during the outage of July 2026, so the number is asked before the status.
 * @see https://github.com/thematters/matters-web/pull/6017
 */
const codes: Readonly<Record<number, FailureCode>> = {
  5401: 'not_found',
  5403: 'credentials_refused',
  5404: 'not_found',
  5408: 'host_timed_out',
  5411: 'host_refused',
  5413: 'file_refused_by_host',
  5443: 'file_refused_by_host',
  5450: 'host_unavailable',
  5453: 'host_refused',
  5455: 'file_refused_by_host',
  5500: 'host_unavailable',
  5503: 'host_unavailable',
  5540: 'host_unavailable',
  5541: 'host_unavailable',
  5542: 'host_unavailable',
  5543: 'host_unavailable',
  5544: 'host_unavailable',
  5550: 'host_unavailable',
  7003: 'host_refused',
  9109: 'credentials_refused',
  9413: 'file_refused_by_host',
  9422: 'file_refused_by_host',
  10000: 'credentials_refused',
}

/** More of them would say no more, and fill a log. */
const MAX_CODES = 10

/** A reply before it is judged: the body is text, bounded by whoever read it. */
export interface RawReply {
  readonly operation: string
  readonly response: Response
  readonly body: string
  readonly now: number
}

/**
 * Opens the envelope.
 * @throws ImagesError if the status or the envelope says that the call failed, or if there is no envelope.
 */
export function openEnvelope(raw: RawReply): Reply {
  const envelope = parseEnvelope(raw.body)
  if (!raw.response.ok || !envelope?.success) throw toImagesError(raw, envelope)
  return toReply(raw.response, envelope.result)
}

/** Puts a result together with what the headers say of the account's limit. */
export function toReply<Result>({ headers }: Response, result: Result): Reply<Result> {
  const exhaustedForMs = parseExhausted(headers.get('ratelimit'))
  return exhaustedForMs === undefined ? { result } : { result, exhaustedForMs }
}

/** Asks whether a number in the upload host's reply says that the file itself is at fault. */
export function isFileRefusal(cloudflareCode: number): boolean {
  return codes[cloudflareCode] === 'file_refused_by_host'
}

/** Some replies are not JSON but a line of text, `ERROR 5455: …`. */
function parseEnvelope(body: string): Envelope | undefined {
  const code = /^ERROR (\d{4,5}):/.exec(body)?.[1]
  if (code) return { success: false, errors: [Number(code)], result: null }
  try {
    return toEnvelope(JSON.parse(body))
  } catch {
    return undefined
  }
}

function toEnvelope(json: unknown): Envelope | undefined {
  if (!isObject(json) || typeof json['success'] !== 'boolean') return undefined
  const { success, errors, result } = json
  const codes = Array.isArray(errors) ? errors.map((error) => isObject(error) && error['code']) : []
  return {
    success,
    errors: codes.filter((code) => typeof code === 'number').slice(0, MAX_CODES),
    result,
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

/** Cloudflare's own words stay out of the message: they may repeat what was sent. Its numbers say as much. */
function toImagesError(
  { operation, response, body, now }: RawReply,
  envelope: Envelope | undefined,
): ImagesError {
  const { status, headers } = response
  const cloudflareCodes = envelope?.errors ?? []
  const known = cloudflareCodes.map((code) => codes[code]).find((code) => code !== undefined)
  const retryAfterMs =
    parseRetryAfter(headers.get('retry-after'), now) ?? parseExhausted(headers.get('ratelimit'))
  const rayId = /^[\w-]{1,64}$/.exec(headers.get('cf-ray') ?? '')?.[0]
  const said = envelope
    ? `code ${cloudflareCodes.join(', ') || 'unknown'}`
    : describeBody(body, headers.get('content-type'))
  return new ImagesError(
    status === 429 ? 'rate_limited' : (known ?? toCode(status, envelope)),
    `Cloudflare answered ${operation} with HTTP ${status} and ${said}.${rayId ? ` Ray ${rayId}.` : ''}`,
    { status, cloudflareCodes, rayId, retryAfterMs },
  )
}

/**
 * That something is not there, or will never do, is Cloudflare's word only in its envelope: any proxy in between can say
 * 404, and a reply that broke on its way no longer tells what the status was about.
 */
function toCode(status: number, envelope: Envelope | undefined): FailureCode {
  if (status === 401 || status === 403) return 'credentials_refused'
  if (status === 408 || status === 504) return 'host_timed_out'
  if (status === 501 || status === 505) return 'host_refused'
  if (status === 425 || status >= 500) return 'host_unavailable'
  if (status < 400 || !envelope) return 'host_reply_invalid'
  return status === 404 ? 'not_found' : 'host_refused'
}
