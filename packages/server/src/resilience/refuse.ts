import { ImagesError } from '@lightfast/core'
import type { FailureCode, ImagesErrorDetails } from '@lightfast/core'

/** How V8 is told the length of stacks; engines without it do not mind. */
const LIMIT = 'stackTraceLimit'

/**
 * Makes the error of a call that was not sent. It has no stack: during an outage there are many of them, a stack is
 * two thirds of their cost, and it would only show our own layers. The code and the message say it all.
 */
export function refuse(
  code: FailureCode,
  message: string,
  details: ImagesErrorDetails,
): ImagesError {
  const limit: unknown = Reflect.get(Error, LIMIT)
  Reflect.set(Error, LIMIT, 0)
  try {
    return new ImagesError(code, message, details)
  } finally {
    Reflect.set(Error, LIMIT, limit)
  }
}
