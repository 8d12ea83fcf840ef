import type { GridWords } from '../words/grid-words.ts'
import { toReason } from './grid-status.ts'
import type { ImagesState } from './images-machine.ts'

/** What a gallery is at one look. */
export interface GridLook {
  readonly state: ImagesState
  /** How many are chosen. */
  readonly selected: number
}

/** Says what changed between two looks at a gallery. Empty: nothing that is worth a word. */
export function announceGrid(before: GridLook, after: GridLook, words: GridWords): string {
  return before.state === after.state
    ? announceSelection(before, after, words)
    : announceState(before.state, after.state, words)
}

function announceState(before: ImagesState, after: ImagesState, words: GridWords): string {
  if (before.status === after.status) return ''
  if (after.status === 'failed') {
    const { title, lines } = words.failed
    return `${title}. ${lines[toReason(after.failure.code, words)]}`
  }
  if (after.status === 'more-failed') return words.moreFailed
  if (before.status !== 'loading-more' || after.status !== 'ready') return ''
  const arrived = words.arrived(after.images.length - before.images.length)
  return after.nextCursor === null ? `${arrived}. ${words.end(after.images.length)}` : arrived
}

/** One more or one less is told by the picture itself; a range, all or none is not. */
function announceSelection(before: GridLook, after: GridLook, words: GridWords): string {
  const isStep = Math.abs(after.selected - before.selected) < 2
  return isStep ? '' : words.selected(after.selected, after.state.images.length)
}
