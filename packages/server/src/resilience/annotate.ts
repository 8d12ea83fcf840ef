import type { ImagesError } from '@lightfast/core'

/** Notes on an error what only an outer layer knows. It is the same error afterwards, stack and all. */
export function annotate(
  error: ImagesError,
  notes: Partial<Pick<ImagesError, 'attempts' | 'circuit' | 'cause'>>,
): ImagesError {
  return Object.assign(error, notes)
}
