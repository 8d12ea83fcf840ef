import * as v from 'valibot'

/** One way to show a picture. */
export interface RenditionPreset {
  /** The most that it is wide, in pixels. */
  readonly width: number
  /** The most that it is high. @default as high as the width makes it */
  readonly height?: number
  /** `scale-down`: whole, and never enlarged. `contain`: whole. `cover`: fills width and height, and loses what sticks out. */
  readonly fit: 'scale-down' | 'contain' | 'cover'
  /** A `webp` and a `gif` keep an animation. @default 'webp' */
  readonly format?: 'webp' | 'jpeg' | 'png' | 'avif' | 'gif'
  /** From 1 to 100; a `png` and a `gif` have none. @default 85 */
  readonly quality?: number
}

/** As photographs want it, and Cloudflare has it. */
export const DEFAULT_QUALITY = 85

/** The longest side that is drawn. */
export const MAX_SIDE = 8192

const side = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_SIDE))

const presetSchema = v.pipe(
  v.strictObject({
    width: side,
    height: v.exactOptional(side),
    fit: v.picklist(['scale-down', 'contain', 'cover']),
    format: v.exactOptional(v.picklist(['webp', 'jpeg', 'png', 'avif', 'gif'])),
    quality: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100))),
  }),
  v.check(({ fit, height }) => fit !== 'cover' || height !== undefined, 'cover needs a height'),
)

/** Checks a preset. @throws TypeError that names the preset and what is wrong with it. */
export function checkPreset(id: string, preset: RenditionPreset): void {
  const { issues } = v.safeParse(presetSchema, preset)
  if (!issues) return
  const at = v.getDotPath(issues[0]) ?? 'fit'
  throw new TypeError(`The preset "${id}" is not right at "${at}": ${issues[0].message}`)
}
