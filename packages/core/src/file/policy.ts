import { createFailure } from '../failure.ts'
import type { Failure, FailureCode } from '../failure.ts'
import type { ImageType } from '../image.ts'
import { MAX_ANIMATION_PIXELS, MAX_DIMENSION, MAX_PIXELS, MAX_UPLOAD_BYTES } from '../limits.ts'
import { sniff } from './sniff.ts'
import type { ImageFacts } from './image-facts.ts'

/** Which files an app takes. The defaults are Cloudflare's own limits; an app may only ask for less. */
export interface FilePolicy {
  readonly types: readonly ImageType[]
  readonly maxBytes: number
  /** The longest side in pixels. WebP is exempt, as it is at Cloudflare. */
  readonly maxDimension: number
  /** Width times height. */
  readonly maxPixels: number
  /** Width times height times frames. */
  readonly maxAnimationPixels: number
}

/**
 * HEIC is left out although Cloudflare's list of formats names it: its upload host answers that an
 * upload must be JPEG, PNG, WebP, GIF or SVG, and an iPhone converts by itself when HEIC is not asked for.
 * @see https://developers.cloudflare.com/images/get-started/limits/
 */
export const defaultFilePolicy: FilePolicy = {
  types: ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/svg+xml'],
  maxBytes: MAX_UPLOAD_BYTES,
  maxDimension: MAX_DIMENSION,
  maxPixels: MAX_PIXELS,
  maxAnimationPixels: MAX_ANIMATION_PIXELS,
}

export type FileCheck =
  | { readonly status: 'accepted'; readonly facts: ImageFacts }
  | { readonly status: 'refused'; readonly failure: Failure }

/** Judges a file by its bytes before a slot is spent on it. The first rule that it breaks is the answer. */
export function checkFile(bytes: Uint8Array, policy: FilePolicy = defaultFilePolicy): FileCheck {
  if (bytes.length === 0) return refuse('file_empty', 'The file has no bytes.')
  const found = sniff(bytes)
  if (found.status === 'unknown')
    return refuse('file_type_unsupported', 'These are not the bytes of a picture.')
  const { type } = found
  if (!policy.types.includes(type))
    return refuse('file_type_unsupported', `${type} is not accepted.`)
  // Before the damage: half of a file that is too large is still too large.
  if (bytes.length > policy.maxBytes) return exceed('file_too_large', bytes.length, policy.maxBytes)
  if (found.status === 'damaged')
    return refuse('file_damaged', `The ${type} breaks off or contradicts itself.`)
  return checkPixels(found, policy) ?? { status: 'accepted', facts: toFacts(found) }
}

function checkPixels(facts: ImageFacts, policy: FilePolicy): FileCheck | undefined {
  const { type, frames } = facts
  const [width, height] = [facts.width ?? 0, facts.height ?? 0]
  const side = Math.max(width, height)
  const area = width * height
  if (type !== 'image/webp' && side > policy.maxDimension) {
    return exceed('dimensions_too_large', side, policy.maxDimension)
  }
  if (area > policy.maxPixels) return exceed('pixels_too_many', area, policy.maxPixels)
  if (frames > 1 && area * frames > policy.maxAnimationPixels) {
    return exceed('animation_too_large', area * frames, policy.maxAnimationPixels)
  }
  return undefined
}

function toFacts({ type, width, height, frames }: ImageFacts): ImageFacts {
  return { type, width, height, frames }
}

function refuse(code: FailureCode, message: string): FileCheck {
  return { status: 'refused', failure: createFailure(code, message) }
}

function exceed(code: FailureCode, actual: number, limit: number): FileCheck {
  const failure = createFailure(code, `${actual} is over the limit of ${limit}.`, {
    measure: { actual, limit },
  })
  return { status: 'refused', failure }
}
