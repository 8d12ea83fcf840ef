/** The one door to a native picture library: the emulator itself never decodes a pixel. */

/** Names the five raster and vector types the upload host takes. */
export type ImageType = 'image/jpeg' | 'image/png' | 'image/webp' | 'image/gif' | 'image/svg+xml'

/** Names the types a delivered picture can have. */
export type DeliveredType = ImageType | 'image/avif'

/** Names how a picture is fitted into a variant's width and height. */
export type Fit = 'scale-down' | 'contain' | 'cover' | 'crop' | 'pad'

/** Describes a decodable picture: width and height are those a person sees, after EXIF rotation. */
export interface Picture {
  readonly width: number
  readonly height: number
  /** 1 for a still picture. */
  readonly frames: number
}

/** Says what to make of a picture. */
export interface Resize {
  readonly fit: Fit
  readonly width: number
  readonly height: number
  readonly metadata: 'keep' | 'copyright' | 'none'
  readonly type: Exclude<DeliveredType, 'image/svg+xml'>
}

/** Reads and makes pictures; `createSharpPixels` of the `./node` entry is the implementation. */
export interface Pixels {
  /**
   * Resolves to the picture's measures, or to `undefined` when its bytes cannot be decoded to the end.
   * A picture of more than 100 megapixels is measured and not decoded.
   */
  readonly inspect: (bytes: Uint8Array) => Promise<Picture | undefined>
  /** Resolves to the picture fitted, rotated upright and encoded; an animation keeps its frames. */
  readonly resize: (bytes: Uint8Array, resize: Resize) => Promise<Uint8Array<ArrayBuffer>>
}
