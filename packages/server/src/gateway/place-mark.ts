import type { Size } from './fit-picture.ts'
import { DEFAULT_BASE_WIDTH } from './watermark-plan.ts'
import type { MarkPlace, WatermarkPlan } from './watermark-plan.ts'

export interface Position {
  readonly left: number
  readonly top: number
}

type Anchored = Exclude<MarkPlace, { readonly at: 'tile' }>

/** Tells by what a plan's lengths are multiplied on a picture. */
export function toMarkScale(
  { width }: Size,
  { baseWidth = DEFAULT_BASE_WIDTH }: Pick<WatermarkPlan, 'baseWidth'>,
): number {
  return width / baseWidth
}

/** Tells by what a mark is shrunk so that the whole of it is within the picture; 1 if it is already. */
export function toFitting(mark: Size, picture: Size): number {
  return Math.min(1, picture.width / mark.width, picture.height / mark.height)
}

/** Places a mark that fits. Where an inset would push it out at the other side, it gives way. */
export function placeMark(
  mark: Size,
  {
    picture,
    place,
    scale,
  }: { readonly picture: Size; readonly place: Anchored; readonly scale: number },
): Position {
  const free = { left: picture.width - mark.width, top: picture.height - mark.height }
  if (place.at === 'center')
    return { left: Math.floor(free.left / 2), top: Math.floor(free.top / 2) }
  const inset = Math.round(place.inset * scale)
  const near = { left: Math.min(inset, free.left), top: Math.min(inset, free.top) }
  const [vertical, horizontal] = place.at.split('-')
  return {
    left: horizontal === 'left' ? near.left : free.left - near.left,
    top: vertical === 'top' ? near.top : free.top - near.top,
  }
}
