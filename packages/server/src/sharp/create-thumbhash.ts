import sharp from 'sharp'
import { rgbaToThumbHash } from 'thumbhash'
import { checkNumber } from '../read-config.ts'
import type { Likeness } from '../uploads/thumbhash-job.ts'
import { settle } from './pixels.ts'
import { toSharpFailure } from './sharp-failure.ts'

export interface ThumbhashOptions {
  /** Larger pictures are not decoded. @default 100_000_000 */
  readonly maxPixels?: number
}

/** No likeness needs more: https://evanw.github.io/thumbhash/ */
const SIDE = 100

/**
 * Makes the function that `createUploads` makes likenesses with.
 * @throws RangeError or TypeError if an option is out of its range.
 */
export function createThumbhash({
  maxPixels = 100_000_000,
}: ThumbhashOptions = {}): Likeness['toThumbhash'] {
  checkNumber('maxPixels', maxPixels, { min: 1, max: 1e9, whole: true })
  return async function toThumbhash(bytes) {
    try {
      const image = sharp(bytes, {
        limitInputPixels: maxPixels,
        failOn: 'truncated',
        autoOrient: true,
      })
      const fitted = image.resize(SIDE, SIDE, { fit: 'inside', withoutEnlargement: true })
      const { data, width, height } = await settle(fitted)
      return Buffer.from(rgbaToThumbHash(width, height, data)).toString('base64')
    } catch (error) {
      throw toSharpFailure(error)
    }
  }
}
