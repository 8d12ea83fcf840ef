import { ConnectionDroppedError } from './body.ts'
import { RefusedError } from './refusal.ts'
import type { ErrorHandler } from 'hono'
import type { EmulatorEnv } from './emulation.ts'
import type { Refusal } from './refusal.ts'

/** Creates the one place of a host where an error becomes a reply; a broken connection stays broken. */
export function answerError(say: (refusal: Refusal) => Response): ErrorHandler<EmulatorEnv> {
  return function answer(error, c) {
    if (error instanceof RefusedError) return say(error.refusal)
    if (error instanceof ConnectionDroppedError || c.req.raw.signal.aborted) throw error
    return say({ status: 500, code: 500, message: `The emulator itself failed: ${error.message}` })
  }
}
