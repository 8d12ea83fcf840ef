import type { UploadItem, UploadStatus } from './upload-state.ts'

/** The statuses that take up a place: the bytes are in memory, and they move or are about to. */
const placed: readonly UploadStatus[] = [
  'checking',
  'preparing',
  'uploading',
  'relaying',
  'waiting',
]

/**
 * Finds those whose turn it is, in the order of the list. What has arrived at the other end takes up no
 * place, and neither does what has ended. Files are not read before their turn: 500 of them would not fit
 * into the memory of a phone.
 */
export function findNext(items: readonly UploadItem[], concurrency: number): readonly UploadItem[] {
  const taken = items.filter(({ state }) => placed.includes(state.status)).length
  const queued = items.filter(({ state }) => state.status === 'queued')
  return queued.slice(0, Math.max(0, concurrency - taken))
}

/** Asks whether a person may want this tried again. An item that goes on by itself does not count. */
export function mayRetry({ state }: UploadItem): boolean {
  if (state.status === 'not-uploaded') return state.reason !== 'not-allowed'
  return state.status === 'draft-saved'
}
