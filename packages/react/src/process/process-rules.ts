import { MAX_DIMENSION, MAX_UPLOAD_BYTES } from '@lightfast/core'
import type { FilePolicy, ImageFacts } from '@lightfast/core'

/** The types that a browser can draw into a file. */
export type DrawnType = 'image/jpeg' | 'image/png' | 'image/webp'

/** What is asked of the picture that is uploaded. */
export interface ProcessRules {
  /** The longest side in pixels. Default: Cloudflare's own limit. */
  readonly maxSide: number
  /** Default: Cloudflare's own limit. */
  readonly maxBytes: number
  /** Null: the type that it has. */
  readonly type: DrawnType | null
  /** From 0 to 1, of what is drawn anew as JPEG or WebP. Default: 0.85. */
  readonly quality: number
}

export const defaultRules: ProcessRules = {
  maxSide: MAX_DIMENSION,
  maxBytes: MAX_UPLOAD_BYTES,
  type: null,
  quality: 0.85,
}

/** `convert`: nobody can upload it as it is, so that a larger file is better than none. */
export type ProcessPlan =
  | { readonly how: 'leave' }
  | { readonly how: 'redraw' | 'convert'; readonly type: DrawnType }

/** Decides what becomes of a picture. Vectors and whatever moves stay as they are, and GIF with them. */
export function planProcess(
  facts: ImageFacts,
  sizeBytes: number,
  rules: ProcessRules,
): ProcessPlan {
  const { type, frames } = facts
  if (frames > 1 || type === 'image/svg+xml' || type === 'image/gif') return { how: 'leave' }
  if (type === 'image/heic') return { how: 'convert', type: rules.type ?? 'image/jpeg' }
  // It may be transparent.
  if (type === 'image/avif') return { how: 'convert', type: rules.type ?? 'image/webp' }
  const wanted = rules.type ?? type
  const fits = sizeBytes <= rules.maxBytes && toLongestSide(facts) <= rules.maxSide
  return fits && wanted === type ? { how: 'leave' } : { how: 'redraw', type: wanted }
}

function toLongestSide({ width, height }: ImageFacts): number {
  return Math.max(width ?? 0, height ?? 0)
}

/** Beyond that a phone may not have the memory to open the file. */
const MAX_PICKED_BYTES = 50_000_000
/** As long as a canvas may be in most browsers. */
const MAX_PICKED_DIMENSION = 32_000

/** Says what may be picked: what is too large can be made to fit, if what these rules make of it fits. */
export function widenPolicy(policy: FilePolicy, { maxBytes, maxSide }: ProcessRules): FilePolicy {
  return {
    ...policy,
    maxBytes:
      maxBytes <= policy.maxBytes ? Math.max(policy.maxBytes, MAX_PICKED_BYTES) : policy.maxBytes,
    maxDimension:
      maxSide <= policy.maxDimension
        ? Math.max(policy.maxDimension, MAX_PICKED_DIMENSION)
        : policy.maxDimension,
  }
}
