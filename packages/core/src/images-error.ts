import { createFailure, failures } from './failure.ts'
import type { Failure, FailureCode, Measure, Retry, Stage } from './failure.ts'

type OfFailure = Omit<Failure, 'code' | 'message'>

/** What an `ImagesError` can carry beyond its row of the failure table. */
export interface ImagesErrorDetails extends Readonly<{
  [Key in keyof OfFailure]?: OfFailure[Key] | undefined
}> {
  /** The HTTP status that Cloudflare answered. */
  readonly status?: number | undefined
  /** The codes in Cloudflare's reply, such as 5404. */
  readonly cloudflareCodes?: readonly number[] | undefined
  /** Cloudflare's name for the request, to quote to its support. */
  readonly rayId?: string | undefined
  /** How often the call was sent. 0 if it was refused before. */
  readonly attempts?: number | undefined
  /** The circuit that the call belonged to, such as `write`. */
  readonly circuit?: string | undefined
  /** The field of a request that is wrong. */
  readonly field?: string | undefined
  readonly cause?: unknown
}

/**
 * The one error class of Lightfast: narrow on `code`. Neither its message nor its JSON ever holds a token, a
 * signature or a signed query; `cause` may, so it is not part of the JSON.
 */
export class ImagesError extends Error {
  override readonly name = 'ImagesError'
  // Declared, because the constructor makes the fields: with a line of their own each, browsers would load them twice.
  declare readonly code: FailureCode
  declare readonly stage: Stage
  declare readonly status: number | undefined
  declare readonly cloudflareCodes: readonly number[]
  declare readonly rayId: string | undefined
  declare readonly attempts: number
  declare readonly circuit: string | undefined
  /** How long until a new try makes sense, in milliseconds. */
  declare readonly retryAfterMs: number | undefined
  declare readonly requestId: string | undefined
  declare readonly measure: Measure | undefined
  declare readonly field: string | undefined

  constructor(code: FailureCode, message: string, details: ImagesErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
    this.stage = details.stage ?? failures[code].stage
    this.status = details.status
    this.cloudflareCodes = details.cloudflareCodes ?? []
    this.rayId = details.rayId
    this.attempts = details.attempts ?? 0
    this.circuit = details.circuit
    this.retryAfterMs = details.retryAfterMs
    this.requestId = details.requestId
    this.measure = details.measure
    this.field = details.field
  }

  /** Who may try again: see the failure table. */
  get retry(): Retry {
    return failures[this.code].retry
  }

  /** The part that may cross the wire to a browser. */
  get failure(): Failure {
    const { stage, retryAfterMs, requestId, measure } = this
    return createFailure(this.code, this.message, {
      stage,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
      ...(requestId !== undefined && { requestId }),
      ...(measure !== undefined && { measure }),
    })
  }

  /** Everything an operator wants in a log, without stack and cause. */
  toJSON(): Readonly<Record<string, unknown>> {
    return {
      name: this.name,
      message: this.message,
      code: this.code,
      stage: this.stage,
      retry: this.retry,
      retryAfterMs: this.retryAfterMs,
      status: this.status,
      cloudflareCodes: this.cloudflareCodes,
      rayId: this.rayId,
      attempts: this.attempts,
      circuit: this.circuit,
      requestId: this.requestId,
      measure: this.measure,
      field: this.field,
    }
  }
}
