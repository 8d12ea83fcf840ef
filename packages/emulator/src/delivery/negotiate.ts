import type { RasterType, Size } from '../pixels.ts'

/** A picture as it will leave the emulator. */
export interface Leaving {
  /** The type of the original. */
  readonly type: Exclude<RasterType, 'image/avif'>
  readonly size: Size
  readonly frames: number
}

/** The types that depend on what the other side accepts. */
export type Accepted = 'avif webp' | 'avif' | 'webp' | ''

/** Longest side of an AVIF: https://developers.cloudflare.com/images/get-started/limits/ */
const MAX_AVIF_SIDE = 1200

/**
 * Chooses the type: AVIF if accepted, else WebP if accepted, else the type of the original; an animation
 * is never AVIF.
 * https://developers.cloudflare.com/images/optimization/hosted-images/serve-uploaded-images/
 */
export function chooseType(accepted: Accepted, leaving: Leaving): RasterType {
  if (fitsAvif(leaving) && accepted.startsWith('avif')) return 'image/avif'
  return accepted.endsWith('webp') ? 'image/webp' : leaving.type
}

/** Tells whether a picture can become an AVIF. */
export const fitsAvif = ({ size, frames }: Leaving): boolean =>
  frames === 1 && Math.max(size.width, size.height) <= MAX_AVIF_SIDE

/** Reads an `Accept` header. Only a type named in full counts: every browser sends a wildcard, whatever it can decode. */
export function readAccept(accept: string): Accepted {
  const webp = accepts(accept, 'image/webp')
  if (accepts(accept, 'image/avif')) return webp ? 'avif webp' : 'avif'
  return webp ? 'webp' : ''
}

const accepts = (accept: string, type: RasterType): boolean =>
  accept.toLowerCase().includes(type) &&
  accept.split(',').some((entry) => {
    const [name, ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase())
    return name === type && !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter))
  })
