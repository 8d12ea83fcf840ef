/** The failure table: every failure a person, an operator or a retry loop can meet is one row. */

/** Where on its way an upload was when it failed: our own rules, getting a slot, moving bytes, Cloudflare's verdict. */
export type Stage = 'check' | 'provision' | 'transfer' | 'processing'

/**
 * Who may try again. `soon`: the layer that met the failure, inside this call. `later`: not inside
 * this call, but a person, or a timer at `retryAfterMs`. `never`: the same request cannot succeed.
 */
export type Retry = 'soon' | 'later' | 'never'

/** Why this file will not do. Each has words of its own, and one way out: another file. */
export type FileReason =
  | 'empty'
  | 'too-large'
  | 'type'
  | 'damaged'
  | 'dimensions'
  | 'pixels'
  | 'animation'
  | 'by-host'

/** Why nothing could be sent, though the file may be fine. `too-many`: a limit of one person's uploads is used up. */
export type AccessReason = 'signed-out' | 'not-allowed' | 'too-many'
/** `fault`: something on the app's side is wrong, and trying again will not mend it. */
export type HostReason = 'image-host' | 'server' | 'fault'

export interface FailureFacts {
  /** The stage in which it is met, unless the `Failure` itself says otherwise. */
  readonly stage: Stage
  readonly httpStatus: number
  readonly retry: Retry
  readonly reason: FileReason | AccessReason | HostReason
}

export const failures = {
  file_empty: { stage: 'check', httpStatus: 422, retry: 'never', reason: 'empty' },
  file_too_large: { stage: 'check', httpStatus: 413, retry: 'never', reason: 'too-large' },
  file_type_unsupported: { stage: 'check', httpStatus: 415, retry: 'never', reason: 'type' },
  file_damaged: { stage: 'check', httpStatus: 422, retry: 'never', reason: 'damaged' },
  dimensions_too_large: { stage: 'check', httpStatus: 422, retry: 'never', reason: 'dimensions' },
  pixels_too_many: { stage: 'check', httpStatus: 422, retry: 'never', reason: 'pixels' },
  animation_too_large: { stage: 'check', httpStatus: 422, retry: 'never', reason: 'animation' },

  unauthenticated: { stage: 'provision', httpStatus: 401, retry: 'later', reason: 'signed-out' },
  forbidden: { stage: 'provision', httpStatus: 403, retry: 'never', reason: 'not-allowed' },
  origin_refused: { stage: 'provision', httpStatus: 403, retry: 'never', reason: 'not-allowed' },
  not_found: { stage: 'provision', httpStatus: 404, retry: 'never', reason: 'fault' },
  invalid_request: { stage: 'provision', httpStatus: 400, retry: 'never', reason: 'fault' },
  request_too_large: { stage: 'provision', httpStatus: 413, retry: 'never', reason: 'fault' },
  upload_conflict: { stage: 'provision', httpStatus: 409, retry: 'later', reason: 'server' },
  upload_limit_reached: { stage: 'provision', httpStatus: 429, retry: 'later', reason: 'too-many' },
  image_in_use: { stage: 'provision', httpStatus: 409, retry: 'never', reason: 'not-allowed' },

  server_unreachable: { stage: 'provision', httpStatus: 503, retry: 'later', reason: 'server' },
  server_failed: { stage: 'provision', httpStatus: 500, retry: 'later', reason: 'server' },
  store_unavailable: { stage: 'provision', httpStatus: 503, retry: 'later', reason: 'server' },

  host_unreachable: { stage: 'provision', httpStatus: 502, retry: 'soon', reason: 'image-host' },
  host_unavailable: { stage: 'provision', httpStatus: 503, retry: 'soon', reason: 'image-host' },
  host_timed_out: { stage: 'provision', httpStatus: 504, retry: 'soon', reason: 'image-host' },
  host_reply_invalid: { stage: 'provision', httpStatus: 502, retry: 'soon', reason: 'image-host' },
  host_refused: { stage: 'provision', httpStatus: 502, retry: 'never', reason: 'fault' },
  credentials_refused: {
    stage: 'provision',
    httpStatus: 502,
    retry: 'later',
    reason: 'fault',
  },
  rate_limited: { stage: 'provision', httpStatus: 429, retry: 'soon', reason: 'image-host' },
  circuit_open: { stage: 'provision', httpStatus: 503, retry: 'later', reason: 'image-host' },
  client_busy: { stage: 'provision', httpStatus: 503, retry: 'later', reason: 'server' },

  transfer_interrupted: { stage: 'transfer', httpStatus: 502, retry: 'soon', reason: 'image-host' },
  transfer_timed_out: { stage: 'transfer', httpStatus: 504, retry: 'soon', reason: 'image-host' },
  upload_host_failed: { stage: 'transfer', httpStatus: 502, retry: 'soon', reason: 'image-host' },
  slot_spent: { stage: 'transfer', httpStatus: 409, retry: 'soon', reason: 'image-host' },
  slot_expired: { stage: 'transfer', httpStatus: 410, retry: 'soon', reason: 'image-host' },
  storage_full: { stage: 'transfer', httpStatus: 507, retry: 'later', reason: 'server' },
  bytes_missing: { stage: 'transfer', httpStatus: 410, retry: 'later', reason: 'server' },

  file_refused_by_host: { stage: 'processing', httpStatus: 422, retry: 'never', reason: 'by-host' },
} as const satisfies Record<string, FailureFacts>

export type FailureCode = keyof typeof failures

/** A number that broke a limit, so that the words can name both. The code tells the unit: bytes or pixels. */
export interface Measure {
  readonly actual: number
  readonly limit: number
}

/** A failure as plain data: it crosses the wire, sits in the state of a component and prints in logs. */
export interface Failure {
  readonly code: FailureCode
  readonly stage: Stage
  /** For developers and logs, in English: what happened, what it means, what to do. Never shown to visitors. */
  readonly message: string
  /** How long until a new try makes sense, in milliseconds. */
  readonly retryAfterMs?: number
  readonly requestId?: string
  readonly measure?: Measure
}

/** Makes a failure of one row of the table. Its stage is the row's, unless given. */
export function createFailure(
  code: FailureCode,
  message: string,
  details: Partial<Omit<Failure, 'code' | 'message'>> = {},
): Failure {
  return { stage: failures[code].stage, ...details, code, message }
}

/** Asks whether a string from outside is a failure code. */
export function isFailureCode(value: string): value is FailureCode {
  return Object.hasOwn(failures, value)
}
