import type { UploadItem } from '../upload/upload-state.ts'

/** Takes an image into the value. Where there is room for one only, the new one takes the place of the old. */
export function admitId(ids: readonly string[], id: string, maxFiles: number): readonly string[] {
  if (ids.includes(id)) return ids
  return maxFiles === 1 ? [id] : [...ids, id]
}

/** Takes an image out of the value again, and puts back what had made way for it. */
export function releaseId(
  ids: readonly string[],
  id: string,
  instead: readonly string[],
): readonly string[] {
  if (!ids.includes(id)) return ids
  return [...ids.filter((other) => other !== id), ...instead.filter((other) => other !== id)]
}

/** Our server's id of an upload's image; null before it has given one. */
export function toImageId({ state, imageId }: UploadItem): string | null {
  return state.status === 'done' ? state.image.id : imageId
}

/** The image of a photo that nobody has to wait for: Cloudflare has it, or our server keeps it and sends it on. Else null. */
export function toSafeId(item: UploadItem): string | null {
  return ['done', 'parked'].includes(item.state.status) ? toImageId(item) : null
}

/** How many more files may be added beside those that are kept and those on their way. */
export function countRoom(
  ids: readonly string[],
  { items, maxFiles }: { readonly items: readonly UploadItem[]; readonly maxFiles: number },
): number {
  const open = items.filter((item) => toSafeId(item) === null && !isIn(ids, item)).length
  // The one photo of a field for one makes way.
  const kept = maxFiles === 1 ? 0 : ids.length
  return Math.max(0, maxFiles - kept - open)
}

function isIn(ids: readonly string[], item: UploadItem): boolean {
  const id = toImageId(item)
  return id !== null && ids.includes(id)
}

/** The images that the list of uploads shows at the moment. */
export function idsOnShow(items: readonly UploadItem[]): readonly string[] {
  return items.flatMap((item) => toImageId(item) ?? [])
}
