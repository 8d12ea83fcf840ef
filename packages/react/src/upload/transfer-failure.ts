import { createFailure } from '@lightfast/core'
import type { FailureCode } from '@lightfast/core'
import { parseJson } from '../parse-json.ts'
import { isFlag, isNumber, isText, listOf, orMissing, shapeOf } from '../shape.ts'
import type { TransferResult } from './upload-transport.ts'

type Failed = Extract<TransferResult, { status: 'failed' }>

interface HostReply {
  readonly success: boolean
  readonly code: number | null
  readonly message: string
}

/**
 * Cloudflare's codes that are about the file itself: larger than 10 MB, too many pixels in an
 * animation, not a type it takes, not decodable.
 * @see https://developers.cloudflare.com/images/reference/errors/
 */
const fileCodes: readonly (number | null)[] = [5413, 5443, 5455, 9413, 9422]

/** Codes of the host's own trouble, whatever the status: 415 with 5550 is an outage and says nothing of the file. */
const hostCodes: readonly (number | null)[] = [5450, 5500, 5503, 5540, 5550]

/**
 * Reads the upload host's reply: null when it took the file, else why it did not. The body is
 * Cloudflare's JSON envelope or the text `ERROR <code>: <message>`; `success:false` with 200 is a failure.
 */
export function toTransferFailure(status: number, body: string): Failed | null {
  const reply = parseEnvelope(body) ?? parseText(body)
  if (reply.success && status >= 200 && status < 300) return null
  const code = toCode(status, reply.code)
  const message = `The upload host answered ${status}${reply.code === null ? '' : `, code ${reply.code}`}: ${reply.message}`
  return { status: 'failed', failure: createFailure(code, message), cloudflareCode: reply.code }
}

function toCode(status: number, code: number | null): FailureCode {
  if (status >= 500 || hostCodes.includes(code)) return 'upload_host_failed'
  if (fileCodes.includes(code)) return 'file_refused_by_host'
  if (status === 404 || status === 410 || code === 5404) return 'slot_expired'
  if (status === 409) return 'slot_spent'
  if (status === 408 || code === 5408) return 'transfer_timed_out'
  return 'upload_host_failed'
}

interface Envelope {
  readonly success: boolean
  readonly errors?: readonly { readonly code: number; readonly message: string }[]
}

const isEnvelope = shapeOf<Envelope>({
  success: isFlag,
  errors: orMissing(listOf(shapeOf({ code: isNumber, message: isText }))),
})

function parseEnvelope(body: string): HostReply | null {
  const json = parseJson(body)
  if (!isEnvelope(json)) return null
  const [error] = json.errors ?? []
  return {
    success: json.success,
    code: error?.code ?? null,
    message: error?.message ?? 'no message',
  }
}

function parseText(body: string): HostReply {
  const [, code, message] = /ERROR (\d{4,5}): ?(.*)/.exec(body) ?? []
  if (code === undefined) return { success: false, code: null, message: 'unreadable reply' }
  return { success: false, code: Number(code), message: message ?? '' }
}
