import sharp from 'sharp'
import type { Metadata, Sharp } from 'sharp'
import { fitPicture } from '../gateway/fit-picture.ts'
import type { Size } from '../gateway/fit-picture.ts'
import type { RenditionPreset } from '../gateway/rendition-preset.ts'
import type { SourcePicture } from '../gateway/renderer.ts'

export interface OpenedPicture {
  /** As large as the rendition, upright, not drawn yet. */
  readonly image: Sharp
  /** Of the rendition, or of one frame of it. */
  readonly size: Size
  readonly frames: number
  readonly isOpaque: boolean
  readonly timing: { readonly delay: number[]; readonly loop: number }
}

export interface OpenLimits {
  readonly maxPixels: number
  readonly maxFrames: number
}

/** Opens a picture for a preset: the size is exact, so that a mark can be placed before anything is drawn. */
export async function openPicture(
  { bytes, frames: announced }: SourcePicture,
  preset: RenditionPreset,
  limits: OpenLimits,
): Promise<OpenedPicture> {
  const options = {
    limitInputPixels: limits.maxPixels,
    failOn: 'truncated',
    autoOrient: true,
  } as const
  const moves = announced > 1 && canMove(preset)
  const metadata = await sharp(bytes, { ...options, animated: moves }).metadata()
  const frames = moves ? countFrames(metadata, limits) : 1
  const size = fitPicture(toFrame(metadata), preset)
  const fit = preset.fit === 'cover' ? 'cover' : 'fill'
  const image = sharp(bytes, { ...options, animated: frames > 1 }).resize({ ...size, fit })
  const { delay = [], loop = 0, hasAlpha } = metadata
  return { image, size, frames, isOpaque: !hasAlpha, timing: { delay, loop } }
}

function canMove({ format = 'webp' }: RenditionPreset): boolean {
  return format === 'webp' || format === 'gif'
}

/** An animation that is too much is shown as its first frame. */
function countFrames({ pages = 1, width, pageHeight = 1 }: Metadata, limits: OpenLimits): number {
  const isTooMuch = pages > limits.maxFrames || pages * width * pageHeight > limits.maxPixels
  return isTooMuch ? 1 : pages
}

/** What turns is no animation, so only one of the two has to be heeded. */
function toFrame({ autoOrient, pageHeight }: Metadata): Size {
  return { width: autoOrient.width, height: pageHeight ?? autoOrient.height }
}
