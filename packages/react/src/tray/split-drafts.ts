import type { UploadControl } from '../upload/upload-control.ts'
import type { UploadItem } from '../upload/upload-state.ts'

/** Whether the item is left over from an earlier visit and waits for a word. */
export const isDraft = ({ state }: UploadItem): boolean => state.status === 'restored'

/** What an area shows whose drafts lie in a tray beside it. */
export function withoutDrafts(upload: UploadControl): UploadControl {
  return { ...upload, items: upload.items.filter((item) => !isDraft(item)) }
}
