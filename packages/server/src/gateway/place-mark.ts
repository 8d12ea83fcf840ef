import type { Size } from './fit-picture.ts'
import { DEFAULT_BASE_WIDTH } from './watermark-plan.ts'
import type { MarkPlace, WatermarkPlan } from './watermark-plan.ts'

export interface Position {
  readonly left: number
  readonly top: number
}

type Anchored = Exclude<MarkPlace, { readonly at: 'tile' }>

/** A picture that is higher than this many times its width has marks as if it were wider. */
const HIGHEST = 2

/** Tells by what a plan's lengths are multiplied on a picture. On a narrow strip a mark by its width could not be read. */
export function toMarkScale(
  { width, height }: Size,
  { baseWidth = DEFAULT_BASE_WIDTH }: Pick<WatermarkPlan, 'baseWidth'>,
): number {
  return Math.max(width, height / HIGHEST) / baseWidth
}

/** Tells by what a mark is shrunk so that the whole of it is within the picture; 1 if it is already. */
export function toFitting(mark: Size, picture: Size): number {
  return Math.min(1, picture.width / mark.width, picture.height / mark.height)
}

export interface Placing {
  readonly picture: Size
  readonly place: Anchored
  readonly scale: number
  /** How much at each edge of the mark is only shade, which no inset counts. */
  readonly edge: number
}

/** Places a mark that fits. Where an inset would push it out at the other side, it gives way. */
export function placeMark(mark: Size, { picture, place, scale, edge }: Placing): Position {
  const free = { left: picture.width - mark.width, top: picture.height - mark.height }
  if (place.at === 'center') {
    return { left: Math.floor(free.left / 2), top: Math.floor(free.top / 2) }
  }
  const inset = Math.max(0, Math.round(place.inset * scale - edge))
  const near = { left: Math.min(inset, free.left), top: Math.min(inset, free.top) }
  const [vertical, horizontal] = place.at.split('-')
  return {
    left: horizontal === 'left' ? near.left : free.left - near.left,
    top: vertical === 'top' ? near.top : free.top - near.top,
  }
}
