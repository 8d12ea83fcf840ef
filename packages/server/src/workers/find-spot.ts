import type { Size } from '../gateway/fit-picture.ts'
import type { MarkPlace } from '../gateway/watermark-plan.ts'
import type { DrawOptions } from './images-binding.ts'

export interface Spot {
  /** What the mark has to fit into. */
  readonly room: Size
  readonly options: Pick<DrawOptions, 'top' | 'left' | 'bottom' | 'right' | 'repeat'>
  /** Between marks that are repeated. */
  readonly gap: number
}

/** Tells where a mark of any size goes, so that the whole of it is within the picture. */
export function findSpot(
  place: MarkPlace,
  { scale, picture }: { readonly scale: number; readonly picture: Size },
): Spot {
  if (place.at === 'center') return { room: picture, options: {}, gap: 0 }
  if (place.at === 'tile') {
    return { room: picture, options: { repeat: true }, gap: place.gap * scale }
  }
  const wanted = Math.round(place.inset * scale)
  // An inset takes no more than half of a side: what is left is the mark's.
  const inset = {
    x: Math.min(wanted, Math.floor(picture.width / 2)),
    y: Math.min(wanted, Math.floor(picture.height / 2)),
  }
  const room = { width: picture.width - inset.x, height: picture.height - inset.y }
  const vertical = place.at.startsWith('top') ? { top: inset.y } : { bottom: inset.y }
  const horizontal = place.at.endsWith('left') ? { left: inset.x } : { right: inset.x }
  return { room, options: { ...vertical, ...horizontal }, gap: 0 }
}
