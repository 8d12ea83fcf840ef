import { ImagesError } from '@lightfast/core'
import type { FailureCode } from '@lightfast/core'

interface Refusal {
  readonly code: FailureCode
  readonly message: string
}

const tooMuch = { code: 'pixels_too_many', message: 'This picture is too much to decode.' } as const
const damaged = { code: 'file_damaged', message: 'This picture cannot be decoded.' } as const
const notAllowed = {
  code: 'host_refused',
  message: 'Cloudflare does not draw for this account. See its plan and what it used up.',
} as const

/** @see https://developers.cloudflare.com/images/reference/troubleshooting/ */
const refusals: ReadonlyMap<number, Refusal> = new Map<number, Refusal>([
  [9401, { code: 'host_refused', message: 'Cloudflare does not take these options of drawing.' }],
  [9402, tooMuch],
  [9412, damaged],
  [9413, tooMuch],
  [9422, notAllowed],
  [9432, notAllowed],
  [9511, damaged],
  [9520, damaged],
])

const unknown: Refusal = {
  code: 'host_unavailable',
  message: 'Cloudflare did not draw this picture. Try again in a moment.',
}

/** Turns what the binding throws into a failure. Its words may hold the address of a font, and stay in `cause`. */
export function toBindingFailure(error: unknown): unknown {
  const number = error instanceof Error && 'code' in error ? error.code : undefined
  if (typeof number !== 'number') return error
  const { code, message } = refusals.get(number) ?? unknown
  return new ImagesError(code, message, { cause: error })
}
