import type { Picture, Resize } from './pixels.ts'

/** A size in pixels. */
export type Size = Pick<Picture, 'width' | 'height'>

/**
 * Tells the size a picture has once it is fitted.
 * https://developers.cloudflare.com/images/optimization/hosted-images/create-variants/#fit-options
 */
export function targetSize(picture: Size, { fit, width, height }: Omit<Resize, 'type'>): Size {
  const scale = Math.min(width / picture.width, height / picture.height)
  switch (fit) {
    case 'scale-down':
      return scaled(picture, Math.min(scale, 1))
    case 'contain':
      return scaled(picture, scale)
    case 'cover':
    case 'pad':
      return { width, height }
    case 'crop':
      return { width: Math.min(width, picture.width), height: Math.min(height, picture.height) }
    default:
      return fit satisfies never
  }
}

const scaled = ({ width, height }: Size, scale: number): Size => ({
  width: Math.max(1, Math.round(width * scale)),
  height: Math.max(1, Math.round(height * scale)),
})
