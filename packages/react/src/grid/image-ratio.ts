import type { Image } from '@lightfast/core'
import { thumbhashRatio } from '../picture/read-thumbhash.ts'

/** A panorama would push all others out of its line. What is beyond is cut off in the gallery, and nowhere else. */
const [NARROWEST, WIDEST] = [0.5, 2.5]

/** Tells the ratio at which a gallery shows an image; a square for one of which nothing is known. */
export function imageRatio({ width, height, thumbhash }: Image): number {
  const ratio = width && height ? width / height : readRatio(thumbhash)
  return Math.min(WIDEST, Math.max(NARROWEST, ratio))
}

const readRatio = (thumbhash: string | null): number =>
  (thumbhash !== null && thumbhashRatio(thumbhash)) || 1
