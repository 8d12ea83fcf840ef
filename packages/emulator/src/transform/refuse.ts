import { refused } from '../codes.ts'
import { RefusedError } from '../refusal.ts'
import type { EmulatorSettings } from '../settings.ts'

/** Makes the refusal of an option that is unknown or out of its range. */
export const invalidOption = (reason: string, settings: EmulatorSettings): RefusedError =>
  refused(9401, settings, `Missing or invalid resizing parameters: ${reason}`)

/**
 * Makes the refusal of a picture that would become too large: here 9413 is a 403, and not what an upload answers.
 * https://developers.cloudflare.com/images/reference/errors/
 */
export function tooLarge(reason: string, { statuses }: EmulatorSettings): RefusedError {
  const message = `Could not resize the image: ${reason}`
  return new RefusedError({ status: statuses[9413] ?? 403, code: 9413, message })
}

/** Makes the refusal of a file that cannot be read to its end. */
export const undecodable = (reason: string, settings: EmulatorSettings): RefusedError =>
  refused(9516, settings, `Could not resize the image: error during decoding: ${reason}`)
