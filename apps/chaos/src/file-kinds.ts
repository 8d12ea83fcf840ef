/** The kinds of files, and what is to become of each. */
import type { FailureCode } from '@lightfast/core'

/**
 * `png` and `jpeg` are good. `cut` and `frames` are refused by whoever decodes them at Cloudflare, `avif` by its type, `later` after the upload host
 * has taken it. `forged` is not what the browser announced, `vast` has too many pixels. `text` the browser itself refuses.
 */
export type FileKind =
  | 'png'
  | 'jpeg'
  | 'cut'
  | 'frames'
  | 'avif'
  | 'later'
  | 'forged'
  | 'vast'
  | 'text'

export const files: readonly (readonly [FileKind, number])[] = [
  ['png', 52],
  ['jpeg', 30],
  ['cut', 3],
  ['frames', 2],
  ['avif', 3],
  ['later', 4],
  ['forged', 3],
  ['vast', 2],
  ['text', 1],
]

/** The codes with which a file of a kind may be rejected; none if it is good. Which one depends on who sees the bytes first. */
export function toExpectedCodes(kind: FileKind): readonly FailureCode[] {
  switch (kind) {
    case 'png':
    case 'jpeg':
      return []
    case 'cut':
    case 'frames':
    case 'avif':
    case 'later':
      return ['file_refused_by_host']
    case 'forged':
      return ['file_type_unsupported', 'file_refused_by_host']
    case 'vast':
      return ['pixels_too_many', 'file_refused_by_host']
    case 'text':
      return ['file_type_unsupported']
    default:
      return kind satisfies never
  }
}
