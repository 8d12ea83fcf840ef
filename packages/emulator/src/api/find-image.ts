import { refused } from '../codes.ts'
import type { Emulation } from '../emulation.ts'
import type { StoredImage } from '../store.ts'

/** Finds an image, or refuses with 5404; one whose file was refused afterwards may be hidden. */
export async function findImage(id: string, { store, config }: Emulation): Promise<StoredImage> {
  const image = await store.get(id)
  if (!image) throw refused(5404, config.settings)
  if (image.status === 'refused' && image.shownAs === 'missing')
    throw refused(5404, config.settings)
  return image
}
