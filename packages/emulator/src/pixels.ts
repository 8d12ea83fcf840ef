/** The one door to a native picture library: the emulator itself never decodes a pixel. */
import type { Colour } from './transform/css-colour.ts'

/** Names the five raster and vector types the upload host takes. */
export type ImageType = 'image/jpeg' | 'image/png' | 'image/webp' | 'image/gif' | 'image/svg+xml'

/** Names the types a delivered picture can have. */
export type DeliveredType = ImageType | 'image/avif'

/** Names the types a picture library writes. */
export type RasterType = Exclude<DeliveredType, 'image/svg+xml'>

/** Describes a decodable picture: width and height are those a person sees, after EXIF rotation. */
export interface Picture {
  readonly width: number
  readonly height: number
  /** 1 for a still picture. */
  readonly frames: number
}

/** A size in pixels. */
export type Size = Pick<Picture, 'width' | 'height'>

/** A part of a picture in whole pixels. */
export interface Region extends Size {
  readonly left: number
  readonly top: number
}

/** Describes the border that is looked for. */
export interface Border {
  /** Without it the colour of the top left pixel. */
  readonly colour?: Colour
  /** How far a pixel may be from the colour: 0 to 255. */
  readonly distance: number
  /** Pixels of the border to leave. */
  readonly keep: number
}

/** Says what becomes of a scaled picture: all of it, a part, the most interesting part, or all of it on a larger ground. */
export type Frame =
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly region: Region }
  | { readonly kind: 'salient'; readonly size: Size }
  | { readonly kind: 'padded'; readonly region: Region; readonly size: Size }

/** Says how a picture is written. */
export interface Encoding {
  readonly type: RasterType
  /** 1 to 100; 100 is lossless for WebP. */
  readonly quality: number
  /** For JPEG. */
  readonly progressive: boolean
  /** For PNG: 256 colours. */
  readonly palette: boolean
  /** For JPEG: the others never keep any. */
  readonly metadata: 'keep' | 'copyright' | 'none'
}

/** Says what to make of an upright picture, in this order. Every size is worked out beforehand. */
export interface Resize {
  readonly frames: 'all' | 'first'
  readonly cut?: Region
  readonly flip?: 'h' | 'v' | 'hv'
  readonly rotate?: 90 | 180 | 270
  /** The size it is scaled to, proportional or not. */
  readonly scale: Size
  readonly frame: Frame
  /** Lies under everything transparent. */
  readonly background?: Colour
  /** Radius in pixels. */
  readonly blur?: number
  readonly saturation?: number
  /** 1 is the strength that is recommended after scaling down. */
  readonly sharpen?: number
  /** What becomes of each of the 256 values of red, green and blue. */
  readonly tone?: Uint8Array
  readonly encoding: Encoding
}

/** Reads and makes pictures; `createSharpPixels` of the `./node` entry is the implementation. */
export interface Pixels {
  /**
   * Resolves to the picture's measures, or to `undefined` when its bytes cannot be decoded to the end.
   * A picture of more than 100 megapixels is measured and not decoded.
   */
  readonly inspect: (bytes: Uint8Array) => Promise<Picture | undefined>
  /**
   * Resolves to what is left without a border of one colour; a picture of nothing else is all left.
   * Without it `trim=border` answers 501.
   */
  readonly findContent?: (bytes: Uint8Array, border: Border) => Promise<Region>
  /** Resolves to the picture made and encoded. */
  readonly resize: (bytes: Uint8Array, resize: Resize) => Promise<Uint8Array<ArrayBuffer>>
  /** How many pictures it can make at once. Default: 2. */
  readonly concurrency?: number
}
