/** The only place that knows Cloudflare's `success`, `errors`, `result` wrapper and its error numbers. */
import { ImagesError } from '@lightfast/core'
import type { FailureCode } from '@lightfast/core'
import * as v from 'valibot'
import type { Reply } from '../resilience/layer.ts'
import { parseRetryAfter } from './retry-after.ts'

const envelopeSchema = v.object({
  success: v.boolean(),
  errors: v.optional(
    v.array(v.object({ code: v.number(), message: v.optional(v.string(), '') })),
    [],
  ),
  result: v.unknown(),
})

type Envelope = v.InferOutput<typeof envelopeSchema>

/**
 * What Cloudflare's numbers mean to us. There is no official table: these were observed on production.
 * 5550 came with HTTP 415 during the outage of July 2026, so the number is asked before the status.
 * @see https://github.com/thematters/matters-web/pull/6017
 */
const codes: Readonly<Record<number, FailureCode>> = {
  5403: 'credentials_refused',
  5404: 'not_found',
  5408: 'host_timed_out',
  5411: 'host_refused',
  5413: 'file_refused_by_host',
  5443: 'file_refused_by_host',
  5450: 'host_unavailable',
  5455: 'file_refused_by_host',
  5500: 'host_unavailable',
  5503: 'host_unavailable',
  5540: 'host_unavailable',
  5542: 'host_unavailable',
  5543: 'host_unavailable',
  5544: 'host_unavailable',
  5550: 'host_unavailable',
  9109: 'credentials_refused',
  9422: 'file_refused_by_host',
  10000: 'credentials_refused',
}

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
  const { response } = raw
  const envelope = parseEnvelope(raw.body)
  if (!response.ok || !envelope?.success) throw toImagesError(raw, envelope)
  return { status: response.status, result: envelope.result }
}

/** Asks whether a number in the upload host's reply says that the file itself is at fault. */
export function isFileRefusal(cloudflareCode: number): boolean {
  return codes[cloudflareCode] === 'file_refused_by_host'
}

/** Some replies are not JSON but a line of text, `ERROR 5455: …`. */
function parseEnvelope(body: string): Envelope | undefined {
  const line = /^ERROR (\d{4,5}): (.*)/.exec(body)
  if (line) {
    return {
      success: false,
      errors: [{ code: Number(line[1]), message: line[2] ?? '' }],
      result: null,
    }
  }
  try {
    const parsed = v.safeParse(envelopeSchema, JSON.parse(body))
    return parsed.success ? parsed.output : undefined
  } catch {
    return undefined
  }
}

function toImagesError(raw: RawReply, envelope: Envelope | undefined): ImagesError {
  const { operation, response, now } = raw
  const cloudflareCodes = (envelope?.errors ?? []).map((error) => error.code)
  const known = cloudflareCodes.map((code) => codes[code]).find((code) => code !== undefined)
  const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'), now)
  const said = cloudflareCodes.length > 0 ? ` with code ${cloudflareCodes.join(', ')}` : ''
  return new ImagesError(
    response.status === 429 ? 'rate_limited' : (known ?? toCode(response.status)),
    `Cloudflare answered ${operation} with HTTP ${response.status}${said}.`,
    {
      status: response.status,
      cloudflareCodes,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    },
  )
}

function toCode(status: number): FailureCode {
  if (status < 400) return 'host_reply_invalid'
  if (status === 401 || status === 403) return 'credentials_refused'
  if (status === 404) return 'not_found'
  if (status === 408 || status === 504) return 'host_timed_out'
  return status === 425 || status >= 500 ? 'host_unavailable' : 'host_refused'
}
