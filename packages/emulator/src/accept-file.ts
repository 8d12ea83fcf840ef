import { refused } from './codes.ts'
import { sniff } from './sniff.ts'
import type { Emulation } from './emulation.ts'
import type { ImageType, Picture } from './pixels.ts'
import type { EmulatorSettings } from './settings.ts'
import type { StoredFile } from './store.ts'

/** Limits of a picture: https://developers.cloudflare.com/images/get-started/limits/ */
const MAX_AREA = 100_000_000
const MAX_SIDE = 12_000

/** Judges the `file` field as the upload host and the API do, by its bytes and not by its name. */
export async function acceptFile(value: unknown, { config }: Emulation): Promise<StoredFile> {
  const { settings, pixels } = config
  if (!(value instanceof File)) throw refused(5400, settings, 'The form has no field named file')
  if (value.size > settings.maxUploadBytes) throw refused(5413, settings)
  const bytes = new Uint8Array(await value.arrayBuffer())
  const type = sniff(bytes)
  if (!type) throw refused(5455, settings)
  const file = { bytes, type, filename: value.name }
  if (type === 'image/svg+xml' || !pixels) return file
  const picture = await pixels.inspect(bytes)
  if (!picture) throw refused(9422, settings)
  checkLimits(picture, type, settings)
  return { ...file, picture }
}

/** The limit per side is documented to leave WebP out. */
function checkLimits(picture: Picture, type: ImageType, settings: EmulatorSettings): void {
  const { width, height, frames } = picture
  const side = Math.max(width, height)
  if (width * height > MAX_AREA) throw refused(9413, settings)
  if (side > MAX_SIDE && type !== 'image/webp') throw refused(9413, settings)
  if (width * height * frames > MAX_AREA) throw refused(5443, settings)
}
