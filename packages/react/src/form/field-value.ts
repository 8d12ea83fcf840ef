import type { UploadItem } from '../upload/upload-state.ts'

/** Takes an image into the value. Where there is room for one only, the new one takes the place of the old. */
export function admitId(ids: readonly string[], id: string, maxFiles: number): readonly string[] {
  if (ids.includes(id)) return ids
  return maxFiles === 1 ? [id] : [...ids, id]
}

/** How many more files may be added beside those that are kept and those on their way. */
export function countRoom(
  ids: readonly string[],
  { items, maxFiles }: { readonly items: readonly UploadItem[]; readonly maxFiles: number },
): number {
  const open = items.filter(({ state }) => state.status !== 'done').length
  // The one photo of a field for one makes way.
  const kept = maxFiles === 1 ? 0 : ids.length
  return Math.max(0, maxFiles - kept - open)
}

/** The images that the list shows as done at the moment. */
export function idsOnShow(items: readonly UploadItem[]): readonly string[] {
  return items.flatMap(({ state }) => (state.status === 'done' ? [state.image.id] : []))
}
