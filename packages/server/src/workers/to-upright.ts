import type { Size } from '../gateway/fit-picture.ts'
import type { SourcePicture } from '../gateway/renderer.ts'
import { readOrientation } from './read-orientation.ts'

/** From here on, an orientation swaps the sides. */
const FIRST_ON_ITS_SIDE = 5

/** Tells how large a picture is when it is turned as its EXIF says. */
export function toUpright({ bytes, type, width, height }: SourcePicture): Size {
  const isOnItsSide = readOrientation(bytes, type) >= FIRST_ON_ITS_SIDE
  return isOnItsSide ? { width: height, height: width } : { width, height }
}
