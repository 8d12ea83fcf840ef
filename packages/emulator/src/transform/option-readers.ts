import * as value from './read-value.ts'
import type { Read } from './read-value.ts'

/** Names the words for a quality; the numbers are ours, Cloudflare has published none. */
const qualityWords = { high: 90, 'medium-high': 80, 'medium-low': 65, low: 50 }

const sides = { left: { x: 0, y: 0.5 }, right: { x: 1, y: 0.5 }, top: { x: 0.5, y: 0 } }
const places = { ...sides, bottom: { x: 0.5, y: 1 } }

const quality = value.either(value.whole(1, 100), value.lookup(qualityWords))
const factor = value.decimal(0, 100)
const side = value.whole(1, 100_000)

/**
 * Reads every option a URL can have, by its full name.
 * https://developers.cloudflare.com/images/optimization/features/#parameters
 */
export const optionReaders = {
  width: value.either(side, value.word('auto')),
  height: side,
  wbreakpoints: value.widths,
  wmobile: side,
  wdesktop: side,
  fit: value.word(
    'scale-down',
    'contain',
    'cover',
    'crop',
    'pad',
    'squeeze',
    'aspect-crop',
    'scale-up',
  ),
  gravity: value.either(
    value.either(value.word('auto', 'face'), value.lookup(places)),
    value.point,
  ),
  zoom: value.decimal(0, 1),
  dpr: value.decimal(0.01, 2),
  trim: value.either(value.sides, value.word('border')),
  'trim.top': value.length,
  'trim.left': value.length,
  'trim.width': value.length,
  'trim.height': value.length,
  'trim.border.color': value.colour,
  'trim.border.tolerance': value.whole(0, 255),
  'trim.border.keep': value.whole(0, 12_000),
  flip: value.word('h', 'v', 'hv'),
  rotate: value.lookup({ '90': 90, '180': 180, '270': 270 } as const),
  background: value.colour,
  blur: value.whole(0, 250),
  sharpen: value.decimal(0, 10),
  brightness: factor,
  contrast: factor,
  gamma: factor,
  saturation: factor,
  quality,
  'slow-connection-quality': quality,
  format: value.word('auto', 'avif', 'webp', 'jpeg', 'baseline-jpeg', 'json'),
  metadata: value.word('copyright', 'keep', 'none'),
  anim: value.lookup({ true: true, false: false }),
  compression: value.word('fast'),
  segment: value.word('foreground'),
  upscale: value.word('interpolate', 'generate'),
} as const satisfies Record<string, Read<unknown>>

/** Names an option by its full name. */
export type OptionName = keyof typeof optionReaders

/** Holds what was read of a list, by full name. */
export type OptionValues = {
  readonly [Name in OptionName]?: NonNullable<ReturnType<(typeof optionReaders)[Name]>>
}

/** Tells the full name of an option; `undefined` is no option of a URL. */
export function fullName(name: string): OptionName | undefined {
  if (Object.hasOwn(aliases, name)) return aliases[name]
  return isOptionName(name) ? name : undefined
}

const aliases: Readonly<Record<string, OptionName>> = {
  w: 'width',
  h: 'height',
  g: 'gravity',
  q: 'quality',
  f: 'format',
  scq: 'slow-connection-quality',
  'face-zoom': 'zoom',
}

const isOptionName = (name: string): name is OptionName => Object.hasOwn(optionReaders, name)
