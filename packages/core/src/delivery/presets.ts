import { MAX_DIMENSION, MAX_VARIANTS } from '../limits.ts'
import { isVariantName } from './url.ts'

/** A rendition by name: a family of named variants, one for each width. */
export interface Preset {
  readonly fit: 'scale-down' | 'contain' | 'cover' | 'crop' | 'pad'
  /** Pixels, 1 to 12,000, each once. */
  readonly widths: readonly number[]
  /**
   * Width through height, such as `16 / 9`. Needed where a picture fills its box: `cover`, `crop` and `pad`.
   * @default the picture's own
   */
  readonly ratio?: number
  /** What is kept of the metadata within the file. @default 'none' */
  readonly metadata?: 'keep' | 'copyright' | 'none'
  /** How long browsers keep a picture, an hour to a year. @default the account's */
  readonly browserTtlSeconds?: number
  /** Shows private images to everybody, without a signature. @default false */
  readonly neverRequireSignedURLs?: boolean
}

export type Presets = Readonly<Record<string, Preset>>

/** A named variant as a preset wants it. */
export interface PresetVariant extends Omit<Preset, 'widths' | 'ratio'> {
  /** Such as `gallery-640`. */
  readonly id: string
  readonly width: number
  readonly height: number
}

/**
 * Checks presets, and gives them back as they are.
 * @throws TypeError naming the preset that is wrong, or if there are more variants than an account has room for.
 */
export function definePresets<const Defined extends Presets>(presets: Defined): Defined {
  variantsOf(presets)
  return presets
}

/** Lists the variants that an account needs for all presets. */
export function variantsOf(presets: Presets): readonly PresetVariant[] {
  const all = Object.keys(presets).flatMap((name) => presetVariants(presets, name))
  if (all.length <= MAX_VARIANTS) return all
  throw new TypeError(
    `These presets need ${all.length} variants: an account has room for ${MAX_VARIANTS}.`,
  )
}

/** Lists the variants of one preset, the narrowest first. @throws TypeError if there is no such preset. */
export function presetVariants<Defined extends Presets>(
  presets: Defined,
  name: string & keyof Defined,
): readonly PresetVariant[] {
  const preset: Preset | undefined = Object.hasOwn(presets, name) ? presets[name] : undefined
  if (!preset) throw new TypeError(`There is no preset ${name}.`)
  const { widths, ratio: _, ...options } = preset
  checkName(name)
  checkWidths(name, preset)
  return widths
    .toSorted((one, other) => one - other)
    .map((width) => ({
      ...options,
      id: checkName(`${name}-${width}`),
      width,
      height: toHeight(name, preset, width),
    }))
}

/** Picks the narrowest variant that is wide enough, or else the widest. */
export function pickVariant<Variant extends Pick<PresetVariant, 'width'>>(
  variants: readonly Variant[],
  width: number,
): Variant {
  const sorted = variants.toSorted((one, other) => one.width - other.width)
  const picked = sorted.find((variant) => variant.width >= width) ?? sorted.at(-1)
  if (picked) return picked
  throw new TypeError('There is no variant to pick from.')
}

function checkWidths(name: string, { widths }: Preset): void {
  if (widths.length === 0 || !widths.every(isPixels)) {
    throw new TypeError(
      `The preset ${name} needs widths: whole numbers from 1 to ${MAX_DIMENSION}.`,
    )
  }
  if (new Set(widths).size < widths.length) {
    throw new TypeError(`The preset ${name} has a width twice.`)
  }
}

/** A variant must have a height. Where none is meant, it is one that no picture reaches. */
function toHeight(name: string, { fit, ratio }: Preset, width: number): number {
  const fillsBox = fit === 'cover' || fit === 'crop' || fit === 'pad'
  if (ratio === undefined && !fillsBox) return MAX_DIMENSION
  const height = Math.round(width / (ratio ?? Number.NaN))
  if (height >= 1 && height <= MAX_DIMENSION) return height
  throw new TypeError(
    `The preset ${name} needs a ratio for ${fit}, with heights from 1 to ${MAX_DIMENSION}.`,
  )
}

function isPixels(width: number): boolean {
  return Number.isInteger(width) && width >= 1 && width <= MAX_DIMENSION
}

function checkName(id: string): string {
  if (isVariantName(id)) return id
  throw new TypeError(`"${id}" cannot name a variant: letters, digits, - and _, at most 99.`)
}
