import { createCanvas } from '../canvas.ts'
import type { Canvas } from '../canvas.ts'
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
    const blob = await canvas.toBlob(options.type ?? chooseType(canvas, file), quality)
    return new File([blob], nameCropped(file.name, blob.type), { type: blob.type })
  } finally {
    picture.close()
  }
}

function chooseType(canvas: Canvas, { type }: File): CroppedType {
  return type === 'image/jpeg' || !canvas.isTransparent() ? 'image/jpeg' : 'image/webp'
}

function draw(picture: ImageBitmap, { area, turn, type, maxPixels }: CropOptions): Canvas {
  const { width, height, scale } = planCrop(area, maxPixels)
  const canvas = createCanvas({ width, height })
  const { context } = canvas
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
function paintWhite(context: Canvas['context']): void {
  context.fillStyle = 'white'
  context.fillRect(0, 0, context.canvas.width, context.canvas.height)
}
