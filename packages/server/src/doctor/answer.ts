import { ImagesError } from '@lightfast/core'

/** What a question to Cloudflare came to. A refusal is an answer too. */
export type Answer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: ImagesError }

/** Waits for an answer. What is no failure of the host is a bug, and stays one. */
export async function toAnswer<Value>(asked: Promise<Value>): Promise<Answer<Value>> {
  try {
    return { ok: true, value: await asked }
  } catch (error) {
    if (error instanceof ImagesError) return { ok: false, error }
    throw error
  }
}

/** Asks whether a refusal came with this number. */
export function hasCode({ cloudflareCodes }: ImagesError, code: number): boolean {
  return cloudflareCodes.includes(code)
}

/** Says what happened, in the middle of a sentence. Made from numbers alone: messages of others may hold anything. */
export function describe(error: ImagesError): string {
  const { status, cloudflareCodes, code } = error
  if (status !== undefined) {
    const said = cloudflareCodes.length > 0 ? `, code ${cloudflareCodes.join(', ')}` : ''
    return `HTTP ${status}${said}`
  }
  if (code === 'rate_limited') return 'the limit of calls is used up'
  if (code === 'host_timed_out') return 'no answer in time'
  if (code === 'host_reply_invalid') return 'an answer in an unknown form'
  return `no connection${describeCause(error.cause)}`
}

const causes: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name is not known here',
  EAI_AGAIN: 'names cannot be looked up here',
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'it was cut',
  ENETUNREACH: 'there is no network',
  EHOSTUNREACH: 'there is no way to it',
  UND_ERR_CONNECT_TIMEOUT: 'it could not be made in time',
}

/** `fetch` hides the reason in the cause of its error. Only short words of the system are shown. */
function describeCause(error: unknown): string {
  if (!(error instanceof Error)) return ''
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (!/^[A-Z][A-Z_]{2,40}$/.test(code)) return describeCause(error.cause)
  return `: ${causes[code] ?? code}`
}
