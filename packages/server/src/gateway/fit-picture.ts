import { MAX_SIDE } from './rendition-preset.ts'
import type { RenditionPreset } from './rendition-preset.ts'

export interface Size {
  readonly width: number
  readonly height: number
}

/** Tells how large a rendition of an upright picture is. A side is never less than a pixel. */
export function fitPicture(
  { width, height }: Size,
  preset: Pick<RenditionPreset, 'width' | 'height' | 'fit'>,
): Size {
  const { height: maxHeight = Infinity, fit } = preset
  if (fit === 'cover') return { width: preset.width, height: preset.height ?? preset.width }
  const whole = Math.min(
    preset.width / width,
    maxHeight / height,
    MAX_SIDE / width,
    MAX_SIDE / height,
  )
  const scale = fit === 'scale-down' ? Math.min(1, whole) : whole
  return { width: toPixels(width * scale), height: toPixels(height * scale) }
}

/** Rounds a length to pixels: at least one, so that nothing vanishes. */
export const toPixels = (length: number): number => Math.max(1, Math.round(length))
