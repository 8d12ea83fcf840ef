import { createCanvas } from '../canvas.ts'
import type { Canvas } from '../canvas.ts'
import type { ProcessRules, DrawnType } from './process-rules.ts'

/** How a picture is to be drawn anew. */
export interface DrawOrder extends Pick<ProcessRules, 'maxSide' | 'maxBytes' | 'quality'> {
  readonly type: DrawnType
}

/** Draws a picture upright and no larger than it is. It may come decoded already; then it stays open. */
export type Draw = (
  source: Blob | ImageBitmap,
  order: DrawOrder,
  signal: AbortSignal,
) => Promise<Blob>

interface Size {
  readonly width: number
  readonly height: number
}

/** How often a picture that has too many bytes is made smaller before it is given up. */
const MAX_ROUNDS = 8

/** Draws here, on whichever thread this is. Throws where the browser cannot decode, or has no room. */
export const draw: Draw = async function draw(source, order, signal) {
  if (!(source instanceof Blob)) return drawBitmap(source, order, signal)
  const bitmap = await createImageBitmap(source, { imageOrientation: 'from-image' })
  try {
    return await drawBitmap(bitmap, order, signal)
  } finally {
    bitmap.close()
  }
}

async function drawBitmap(
  bitmap: ImageBitmap,
  order: DrawOrder,
  signal: AbortSignal,
): Promise<Blob> {
  let size = fit(bitmap, order.maxSide)
  for (let round = 1; ; round += 1) {
    signal.throwIfAborted()
    const canvas = createCanvas(size)
    await paint(canvas, bitmap, size)
    const blob = await encode(canvas, order, signal)
    if (blob.size <= order.maxBytes || round === MAX_ROUNDS) return blob
    size = scale(size, Math.min(0.9, Math.sqrt(order.maxBytes / blob.size)))
  }
}

function fit({ width, height }: Size, maxSide: number): Size {
  return scale({ width, height }, Math.min(1, maxSide / Math.max(width, height)))
}

function scale({ width, height }: Size, factor: number): Size {
  const toSide = (side: number): number => Math.max(1, Math.round(side * factor))
  return { width: toSide(width), height: toSide(height) }
}

async function paint({ context }: Canvas, bitmap: ImageBitmap, size: Size): Promise<void> {
  const small = await halveTowards(bitmap, size)
  context.imageSmoothingQuality = 'high'
  context.drawImage(small, 0, 0, size.width, size.height)
  if (small !== bitmap) small.close()
}

/** Step by step: taken at once, a browser skips pixels, and fine patterns flicker. */
async function halveTowards(bitmap: ImageBitmap, { width, height }: Size): Promise<ImageBitmap> {
  let small = bitmap
  while (small.width > width || small.height > height) {
    const next = await createImageBitmap(small, {
      resizeWidth: Math.max(width, Math.ceil(small.width / 2)),
      resizeHeight: Math.max(height, Math.ceil(small.height / 2)),
      resizeQuality: 'high',
    })
    // An old browser does not resize; then the canvas does.
    const stuck = next.width >= small.width && next.height >= small.height
    if (small !== bitmap) small.close()
    small = next
    if (stuck) break
  }
  return small
}

async function encode(canvas: Canvas, order: DrawOrder, signal: AbortSignal): Promise<Blob> {
  const type = order.type === 'image/jpeg' && canvas.isTransparent() ? 'image/webp' : order.type
  let blob = await canvas.toBlob(type, order.quality)
  for (const factor of type === 'image/png' ? [] : [0.85, 0.7]) {
    if (blob.size <= order.maxBytes) break
    signal.throwIfAborted()
    blob = await canvas.toBlob(type, order.quality * factor)
  }
  return blob
}
