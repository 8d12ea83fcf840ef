import { createFailure } from './failure.ts'
import type { Failure, FailureCode } from './failure.ts'

/** What an `ImagesError` can carry beyond its row of the failure table. */
export interface ImagesErrorDetails extends Partial<Omit<Failure, 'code' | 'message'>> {
  /** The HTTP status that Cloudflare answered. */
  readonly status?: number
  /** The codes in Cloudflare's reply, such as 5404. */
  readonly cloudflareCodes?: readonly number[]
  /** The field of a request that is wrong. */
  readonly field?: string
  readonly cause?: unknown
}

/** The one error class of Lightfast: narrow on `code`. Its message never holds a token, a signature or a signed query. */
export class ImagesError extends Error {
  override readonly name = 'ImagesError'
  readonly failure: Failure
  readonly status: number | undefined
  readonly cloudflareCodes: readonly number[]
  readonly field: string | undefined

  constructor(code: FailureCode, message: string, details: ImagesErrorDetails = {}) {
    const { status, cloudflareCodes = [], field, cause, ...failure } = details
    super(message, cause === undefined ? undefined : { cause })
    this.failure = createFailure(code, message, failure)
    this.status = status
    this.cloudflareCodes = cloudflareCodes
    this.field = field
  }

  get code(): FailureCode {
    return this.failure.code
  }
}
