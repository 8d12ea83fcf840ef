/**
 * What Cloudflare can make of a picture when it is asked, as plain data.
 * Each option says where it is known from. D: the documentation. T: the types of Workers, ahead of the documentation.
 * @see https://developers.cloudflare.com/images/optimization/features/
 */
export interface Transform {
  /** Pixels, 1 to 12,000. `auto` asks the browser, in URLs only. D */
  readonly width?: number | 'auto'
  /** Pixels, 1 to 12,000. D */
  readonly height?: number
  /** How it fills width and height. `scale-up` is not for the binding, nor is `aspect-crop`. D @default 'scale-down' */
  readonly fit?:
    | 'scale-down'
    | 'scale-up'
    | 'contain'
    | 'cover'
    | 'crop'
    | 'aspect-crop'
    | 'pad'
    | 'squeeze'
  /** What stays when it is cropped. `center` and `entropy` are for Workers only, by T. D */
  readonly gravity?:
    | 'auto'
    | 'face'
    | 'left'
    | 'right'
    | 'top'
    | 'bottom'
    | 'center'
    | 'entropy'
    | Point
  /** How close it is cropped to faces, 0 to 1, with `gravity: 'face'`. D @default 0 */
  readonly zoom?: number
  /** How many pixels there are for each that was asked for, above 0 and at most 2. D @default 1 */
  readonly dpr?: number
  /** What is cut off first. D; `border` T */
  readonly trim?: 'border' | Trim
  /** Degrees, clockwise. D */
  readonly rotate?: 90 | 180 | 270
  /** Before it is rotated. D */
  readonly flip?: 'h' | 'v' | 'hv'
  /** A CSS colour, below what is transparent. D @default white where it is padded */
  readonly background?: string
  /** A radius, 1 to 250. It hides nothing: whoever has the URL can take it away. D */
  readonly blur?: number
  /** 0 to 10. D @default 0 */
  readonly sharpen?: number
  /** A factor; 1 changes nothing. D */
  readonly brightness?: number
  /** A factor; 1 changes nothing. D */
  readonly contrast?: number
  /** A factor; 1 changes nothing. D */
  readonly gamma?: number
  /** A factor; 1 changes nothing, and 0 makes it grey. D */
  readonly saturation?: number
  /** After it is resized; Workers only. D */
  readonly border?: Border
  /** 1 to 100, or a word. D @default 85 */
  readonly quality?: Quality
  /** The quality on a slow connection; URLs only. D */
  readonly slowConnectionQuality?: Quality
  /** `auto` is for URLs only; `png`, `png-force` and `svg` are for Workers only, by T. D */
  readonly format?:
    | 'auto'
    | 'avif'
    | 'webp'
    | 'jpeg'
    | 'baseline-jpeg'
    | 'json'
    | 'png'
    | 'png-force'
    | 'svg'
  /** What is kept of the metadata in a JPEG. D @default 'copyright' */
  readonly metadata?: 'copyright' | 'keep' | 'none'
  /** Whether it goes on moving. D @default true */
  readonly anim?: boolean
  /** Writes what is quickest to write. D */
  readonly compression?: 'fast'
  /** Cuts the background away. D */
  readonly segment?: 'foreground'
  /** How it is enlarged. D @default 'interpolate' */
  readonly upscale?: 'interpolate' | 'generate'
  /** Gives the source if it cannot be transformed; URLs of remote pictures in the same zone only. D */
  readonly onerror?: 'redirect'
  /** Lets pictures that need credentials be seen by everybody; `cf.image` only. D */
  readonly originAuth?: 'share-publicly'
  /** What is drawn over it; `cf.image` only. The binding has a method of its own, and URLs have nothing. D */
  readonly draw?: readonly DrawLayer[]
}

/** Fractions of width and height, 0 to 1. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** Pixels of each side, or a part by its left, top, width and height. */
export interface Trim {
  readonly top?: number
  readonly right?: number
  readonly bottom?: number
  readonly left?: number
  readonly width?: number
  readonly height?: number
}

/** A colour, and the width of all sides or of each. */
export type Border = { readonly color: string } & (
  | { readonly width: number }
  | {
      readonly top: number
      readonly right: number
      readonly bottom: number
      readonly left: number
    }
)

export type Quality = number | 'high' | 'medium-high' | 'medium-low' | 'low'

/**
 * One layer of `cf.image.draw`, handed on as it is.
 * @see https://developers.cloudflare.com/images/optimization/draw-overlays/
 */
export interface DrawLayer {
  readonly url?: string
  readonly text?: string
  readonly [option: string]: unknown
}

/**
 * Who is asked. `flexible-variant`: the URL of a hosted image. `remote-url`: `/cdn-cgi/image`. `workers`: `cf.image` of a
 * `fetch`. `binding`: `env.IMAGES`.
 */
export type TransformTarget = 'flexible-variant' | 'remote-url' | 'workers' | 'binding'

export type TransformOption = keyof Transform

/** Joins transforms: the later one wins, and `undefined` takes an option away. */
export function mergeTransforms(...transforms: readonly Changes[]): Transform {
  const all = Object.assign({}, ...transforms)
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

/** Options to set, or to take away. */
export type Changes = { readonly [Option in TransformOption]?: Transform[Option] | undefined }
