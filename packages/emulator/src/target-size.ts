import type { Size } from './pixels.ts'
import type { AnyFit } from './transform/transform-options.ts'

/** What a picture is fitted into; a side that is not given follows the other. */
export interface Target {
  readonly fit: AnyFit
  readonly width?: number
  readonly height?: number
}

/**
 * Tells the size a picture has once it is fitted.
 * https://developers.cloudflare.com/images/optimization/features/#fit
 */
export function targetSize(picture: Size, { fit, ...sides }: Target): Size {
  const { width, height } = fillSides(picture, sides)
  const [across, down] = [width / picture.width, height / picture.height]
  const scale = Math.min(across, down)
  switch (fit) {
    case 'scale-down':
      return scaled(picture, Math.min(scale, 1))
    case 'scale-up':
      return scaled(picture, Math.max(scale, 1))
    case 'contain':
      return scaled(picture, scale)
    case 'cover':
    case 'pad':
    case 'squeeze':
      return { width, height }
    case 'crop':
      return { width: Math.min(width, picture.width), height: Math.min(height, picture.height) }
    case 'aspect-crop':
      return scaled({ width, height }, Math.min(1, 1 / across, 1 / down))
    default:
      return fit satisfies never
  }
}

/** Multiplies both sides; neither gets lost. */
export const scaled = ({ width, height }: Size, scale: number): Size => ({
  width: Math.max(1, Math.round(width * scale)),
  height: Math.max(1, Math.round(height * scale)),
})

function fillSides(picture: Size, { width, height }: Partial<Size>): Size {
  if (width !== undefined && height !== undefined) return { width, height }
  if (width !== undefined) return { ...scaled(picture, width / picture.width), width }
  if (height !== undefined) return { ...scaled(picture, height / picture.height), height }
  return picture
}
