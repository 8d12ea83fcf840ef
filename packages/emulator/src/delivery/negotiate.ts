import type { DeliveredType, ImageType } from '../pixels.ts'
import type { Size } from '../target-size.ts'

/** A picture as it will leave the emulator. */
export interface Leaving {
  readonly type: Exclude<ImageType, 'image/svg+xml'>
  readonly size: Size
  readonly frames: number
}

/** Longest side of an AVIF: https://developers.cloudflare.com/images/get-started/limits/ */
const MAX_AVIF_SIDE = 1200

/**
 * Chooses the type: AVIF if accepted, else WebP if accepted, else the type of the original; an animation
 * is never AVIF.
 * https://developers.cloudflare.com/images/optimization/hosted-images/serve-uploaded-images/
 */
export function chooseType(
  accept: string,
  { type, size, frames }: Leaving,
): Exclude<DeliveredType, 'image/svg+xml'> {
  const fitsAvif = frames === 1 && Math.max(size.width, size.height) <= MAX_AVIF_SIDE
  if (fitsAvif && accepts(accept, 'image/avif')) return 'image/avif'
  return accepts(accept, 'image/webp') ? 'image/webp' : type
}

/** Only a type named in full counts: every browser sends a wildcard, whatever it can decode. */
const accepts = (accept: string, type: DeliveredType): boolean =>
  accept.split(',').some((entry) => {
    const [name, ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase())
    return name === type && !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter))
  })
