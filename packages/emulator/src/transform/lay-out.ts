import { scaled, targetSize } from '../target-size.ts'
import type { Frame, Region, Size } from '../pixels.ts'
import type { Target } from '../target-size.ts'
import type { TransformOptions } from './transform-options.ts'

/** Says to what size a picture is scaled and what becomes of it then. */
export interface Layout {
  readonly scale: Size
  readonly frame: Frame
  /** What it measures in the end. */
  readonly size: Size
}

/** Works out how a picture is fitted; `gravity` says which part is kept. */
export function layOut(
  picture: Size,
  target: Target,
  gravity: TransformOptions['gravity'] = { x: 0.5, y: 0.5 },
): Layout {
  const size = targetSize(picture, target)
  const { fit } = target
  if (fit === 'pad') return pad(picture, size)
  const isCropped = fit === 'cover' || fit === 'crop' || fit === 'aspect-crop'
  if (!isCropped) return { scale: size, frame: { kind: 'whole' }, size }
  const scale = scaleToCover(picture, size)
  if (isSame(scale, size)) return { scale, frame: { kind: 'whole' }, size }
  if (gravity === 'auto') return { scale, frame: { kind: 'salient', size }, size }
  return { scale, frame: { kind: 'part', region: partOf(scale, size, gravity) }, size }
}

function scaleToCover(picture: Size, size: Size): Size {
  const scale = Math.max(size.width / picture.width, size.height / picture.height)
  const { width, height } = scaled(picture, scale)
  return { width: Math.max(width, size.width), height: Math.max(height, size.height) }
}

/** The same fractions of the whole and of the part lie on each other. */
const partOf = (whole: Size, size: Size, { x, y }: { x: number; y: number }): Region => ({
  left: Math.round((whole.width - size.width) * x),
  top: Math.round((whole.height - size.height) * y),
  ...size,
})

function pad(picture: Size, size: Size): Layout {
  const scale = targetSize(picture, { ...size, fit: 'contain' })
  if (isSame(scale, size)) return { scale, frame: { kind: 'whole' }, size }
  const left = Math.floor((size.width - scale.width) / 2)
  const top = Math.floor((size.height - scale.height) / 2)
  return { scale, frame: { kind: 'padded', region: { left, top, ...scale }, size }, size }
}

const isSame = (one: Size, other: Size): boolean =>
  one.width === other.width && one.height === other.height
