/** A rectangle of the picture as it stands after its turn, in its own pixels. */
export interface CropArea {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** In degrees, clockwise. */
export type QuarterTurn = 0 | 90 | 180 | 270

export interface Size {
  readonly width: number
  readonly height: number
}

export interface CropPlan extends Size {
  /** How much smaller the file is than that part of the picture. Never above 1: pixels are not invented. */
  readonly scale: number
}

/** The most pixels that a canvas of iOS holds: 4096 × 4096. A larger one stays black there. */
export const MAX_CANVAS_PIXELS = 16_777_216

/** Plans the size of the cropped file. */
export function planCrop(area: Size, maxPixels: number = MAX_CANVAS_PIXELS): CropPlan {
  const scale = Math.min(1, Math.sqrt(maxPixels / (area.width * area.height)))
  const fit = (length: number): number => Math.max(1, Math.floor(length * scale))
  return { width: fit(area.width), height: fit(area.height), scale }
}

/** Yields the size that a picture has after its turn. */
export const turnSize = ({ width, height }: Size, turn: QuarterTurn): Size =>
  turn % 180 === 0 ? { width, height } : { width: height, height: width }

export interface Turn {
  readonly by: 'left' | 'right'
  readonly from: QuarterTurn
}

const quarters: readonly QuarterTurn[] = [0, 90, 180, 270]

/** Turns by a quarter more. */
export function addTurn({ by, from }: Turn): QuarterTurn {
  const at = quarters.indexOf(from) + (by === 'right' ? 1 : 3)
  return quarters[at % 4] ?? 0
}

const endings: { readonly [type: string]: string } = {
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/webp': '.webp',
}

/** Gives a cropped file the name of the whole, with the ending of its own type. */
export const nameCropped = (name: string, type: string): string =>
  `${name.replace(/\.[a-z0-9]{1,5}$/iu, '')}${endings[type] ?? ''}`
