/**
 * Cloudflare's limits for hosted images.
 * @see https://developers.cloudflare.com/images/get-started/limits/
 */

/** 10 MB, read as decimal: the smaller reading, so that a file we let pass is never refused for its size. */
export const MAX_UPLOAD_BYTES = 10_000_000

/** The longest side in pixels, for every type but WebP. */
export const MAX_DIMENSION = 12_000

/** 100 megapixels. */
export const MAX_PIXELS = 100_000_000

/** The sum of the areas of all frames of an animation, beyond which it is not delivered. */
export const MAX_ANIMATION_PIXELS = 100_000_000

/** How many named variants an account has room for. */
export const MAX_VARIANTS = 100

/** A direct upload's one-time URL lives 30 minutes unless asked otherwise. */
export const DEFAULT_SLOT_MS: number = 30 * 60_000
