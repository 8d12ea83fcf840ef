import { nameCropped, planCrop, turnSize } from './crop-plan.ts'
import type { CropArea, QuarterTurn } from './crop-plan.ts'

export type CroppedType = 'image/jpeg' | 'image/png' | 'image/webp'

export interface CropOptions {
  readonly area: CropArea
  readonly turn: QuarterTurn
  /** Default: JPEG, or WebP where the picture shows through (PNG where the browser writes no WebP). */
  readonly type?: CroppedType | undefined
  /** From 0 to 1, for JPEG and WebP. Default: 0.9. */
  readonly quality?: number | undefined
  /** Default: 16.7 million, the most that iOS holds. */
  readonly maxPixels?: number | undefined
}

/**
 * Cuts a part out of a picture, turned as its camera meant it. Whatever else the file tells, such as
 * where it was taken, stays behind. Rejects where this browser cannot read or write the picture.
 */
export async function cropPicture(file: File, options: CropOptions): Promise<File> {
  const { quality = 0.9 } = options
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  try {
    const canvas = draw(picture, options)
    const type = options.type ?? (isOpaque(canvas, file.type) ? 'image/jpeg' : 'image/webp')
    const blob = await write(canvas, type, quality)
    return new File([blob], nameCropped(file.name, blob.type), { type: blob.type })
  } finally {
    picture.close()
  }
}

function draw(
  picture: ImageBitmap,
  { area, turn, type, maxPixels }: CropOptions,
): HTMLCanvasElement {
  const { width, height, scale } = planCrop(area, maxPixels)
  const { canvas, context } = makeCanvas(width, height)
  const turned = turnSize(picture, turn)
  if (type === 'image/jpeg') paintWhite(context)
  context.imageSmoothingQuality = 'high'
  context.scale(scale, scale)
  context.translate(turned.width / 2 - area.x, turned.height / 2 - area.y)
  context.rotate((turn * Math.PI) / 180)
  context.drawImage(picture, -picture.width / 2, -picture.height / 2)
  return canvas
}

/** What shows through would be black in a JPEG. */
function paintWhite(context: CanvasRenderingContext2D): void {
  context.fillStyle = 'white'
  context.fillRect(0, 0, context.canvas.width, context.canvas.height)
}

/** Looks at a small copy: whatever shows through there shows through. */
function isOpaque(canvas: HTMLCanvasElement, type: string): boolean {
  if (type === 'image/jpeg') return true
  const side = 64
  const { context } = makeCanvas(side, side)
  context.drawImage(canvas, 0, 0, side, side)
  const { data } = context.getImageData(0, 0, side, side)
  return data.every((value, at) => at % 4 !== 3 || value === 255)
}

function makeCanvas(
  width: number,
  height: number,
): {
  readonly canvas: HTMLCanvasElement
  readonly context: CanvasRenderingContext2D
} {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('This browser has no canvas to draw on.')
  return { canvas, context }
}

function write(canvas: HTMLCanvasElement, type: string, quality: number): Promise<Blob> {
  return new Promise((resolve, reject) => {
    const take = (blob: Blob | null): void =>
      blob === null ? reject(new Error('The canvas could not be written.')) : resolve(blob)
    canvas.toBlob(take, type, quality)
  })
}
