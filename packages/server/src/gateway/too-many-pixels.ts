import { ImagesError } from '@lightfast/core'

/** Makes the refusal of a picture that is too much to decode. */
export function toTooManyPixels(maxPixels: number): ImagesError {
  return new ImagesError(
    'pixels_too_many',
    `This picture has more than the ${maxPixels} pixels that are decoded.`,
  )
}
