import type { Border, Resize } from '../pixels.ts'
import type { Fit } from '../variant.ts'
import type { Colour } from './css-colour.ts'

/** Names every way to fit; the last three are for option lists only. */
export type AnyFit = Fit | 'squeeze' | 'aspect-crop' | 'scale-up'

/** A place as fractions of width and height. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** A length in pixels, or as a fraction of the side it lies on. */
export type Length = { readonly pixels: number } | { readonly fraction: number }

/** Says what is cut away before anything else. */
export interface Trim {
  readonly top?: Length
  readonly right?: Length
  readonly bottom?: Length
  readonly left?: Length
  readonly width?: Length
  readonly height?: Length
}

/** Names the formats a list of options can ask for. */
export type Format = 'auto' | 'avif' | 'webp' | 'jpeg' | 'baseline-jpeg' | 'json'

/** The widths `width=auto` chooses from. */
export interface AutoWidths {
  readonly breakpoints: readonly number[]
  readonly mobile: number
  readonly desktop: number
}

/** What is asked of a picture; sizes are before `dpr`. */
export interface TransformOptions {
  readonly width?: number
  readonly height?: number
  readonly fit?: AnyFit
  readonly gravity?: Point | 'auto'
  readonly dpr?: number
  readonly trim?: Trim
  readonly border?: Border
  readonly flip?: Resize['flip']
  readonly rotate?: Resize['rotate']
  readonly background?: Colour
  readonly blur?: number
  readonly sharpen?: number
  readonly brightness?: number
  readonly contrast?: number
  readonly gamma?: number
  readonly saturation?: number
  readonly quality?: number
  readonly format?: Format
  readonly metadata?: 'keep' | 'copyright' | 'none'
  readonly anim?: boolean
  readonly compression?: 'fast'
}

/** What a list of options asks for, before the headers of a request have their say. */
export interface AskedOptions extends TransformOptions {
  readonly autoWidth?: AutoWidths
  readonly slowQuality?: number
}
