import { failures } from '@lightfast/core'
import type { FailureCode, FailureFacts } from '@lightfast/core'
import type { GridReason, GridWords } from '../words/grid-words.ts'
import type { ImagesState } from './images-machine.ts'

/** How a gallery is. Its parts carry it as `data-status`. */
export type GridStatus = ImagesState['status'] | 'empty'

/** Tells how a gallery is: without pictures, and without more to come, it is empty. */
export function toGridStatus(state: ImagesState): GridStatus {
  const isEmpty = state.status === 'ready' && state.nextCursor === null
  return isEmpty && state.images.length === 0 ? 'empty' : state.status
}

/** Tells why a list failed, as far as there are words for it. */
export function toReason(code: FailureCode, { failed }: GridWords): GridReason {
  const { reason }: FailureFacts = failures[code]
  return isGridReason(reason, failed.lines) ? reason : 'fault'
}

function isGridReason(reason: string, lines: GridWords['failed']['lines']): reason is GridReason {
  return Object.hasOwn(lines, reason)
}
