import { acceptFile } from '../accept-file.ts'
import { refused } from '../codes.ts'
import { readForm } from '../form.ts'
import { parseImageFields, parseText } from '../image-fields.ts'
import { toImageObject } from '../image-object.ts'
import { fetchOrigin } from './fetch-origin.ts'
import { putNew } from './put-new.ts'
import type { ImageObject } from '../image-object.ts'
import type { Emulation } from '../emulation.ts'
import type { Fields } from '../form.ts'
import type { StoredImage } from '../store.ts'

/** Keeps a new image, from a file in the form or from a URL. */
export async function uploadImage(request: Request, emulation: Emulation): Promise<ImageObject> {
  const fields = await readForm(request, emulation.config.settings)
  const facts = await parseImageFields(fields, ['file', 'url'], emulation)
  const file = await acceptFile(await findFile(fields, request.signal, emulation), emulation)
  const image: StoredImage = { facts, status: 'stored', file }
  await putNew(image, emulation)
  return toImageObject(image, emulation)
}

async function findFile(
  fields: Fields,
  signal: AbortSignal,
  { config }: Emulation,
): Promise<unknown> {
  const url = parseText('url', fields, config.settings)
  if (url === undefined) return fields.get('file')
  if (!fields.has('file')) return fetchOrigin(url, signal, config)
  throw refused(5400, config.settings, 'The form must have either file or url, not both')
}
