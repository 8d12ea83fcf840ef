import { pickVariant } from './presets.ts'
import type { PresetVariant } from './presets.ts'

/** What a srcset is made of: a name and a width. */
export type Candidate = Pick<PresetVariant, 'id' | 'width'>

/** How many pixels there are for each of CSS. Beyond two, nobody sees a difference. */
const DENSITIES = [1, 2]

/**
 * Writes a `srcset` by widths, for a picture that is as wide as its place.
 * @param urlOf The URL of a variant, signed if need be.
 * @throws TypeError if a URL cannot stand in a srcset.
 */
export function toSrcset(variants: readonly Candidate[], urlOf: (id: string) => string): string {
  return variants.map(({ id, width }) => `${checkUrl(urlOf(id))} ${width}w`).join(', ')
}

/**
 * Writes a `srcset` by densities, for a picture that is always `cssWidth` wide. Where there is no variant of just that width,
 * the density says so: 320 pixels for 300 of CSS are `1.07x`.
 */
export function toDensitySrcset(
  variants: readonly Candidate[],
  cssWidth: number,
  urlOf: (id: string) => string,
): string {
  const picked = new Set(DENSITIES.map((density) => pickVariant(variants, cssWidth * density)))
  return [...picked]
    .map(({ id, width }) => `${checkUrl(urlOf(id))} ${Number((width / cssWidth).toFixed(2))}x`)
    .join(', ')
}

/** How wide a picture is shown while a condition holds, such as `(max-width: 640px)`. */
export interface SizeRule {
  readonly media: string
  /** A CSS length, such as `100vw`. */
  readonly size: string
}

/** Writes `sizes`: the first rule that holds counts, and `otherwise` where none does. */
export function toSizes(rules: readonly SizeRule[], otherwise: string): string {
  return [...rules.map(({ media, size }) => `${media} ${size}`), otherwise].join(', ')
}

/** Browsers end a URL at a space, and drop commas at its ends. Those within, as between options, are part of it. */
function checkUrl(url: string): string {
  if (url !== '' && !/\s|^,|,$/.test(url)) return url
  throw new TypeError('A URL in a srcset has no space, and no comma at its ends.')
}
