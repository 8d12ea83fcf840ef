/** The port of drawing: how bytes of a picture become a rendition with a mark on it. */
import type { RasterType } from '../delivery/raster-type.ts'
import type { RenditionPreset } from './rendition-preset.ts'
import type { ImagePlan, TextPlan } from './watermark-plan.ts'

/** A picture whose own bytes were looked at. */
export interface SourcePicture {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly type: RasterType
  /** As it is stored: its EXIF may say that it has to be turned. */
  readonly width: number
  readonly height: number
  readonly frames: number
}

/** A plan, with what it takes to draw it. */
export type Mark =
  | (ImagePlan & { readonly overlay: Uint8Array })
  | (TextPlan & {
      /** Plain text in one line; it may hold signs that isolate the direction of a name. */
      readonly words: string
    })

export interface Drawing {
  readonly preset: RenditionPreset
  readonly mark: Mark | null
  /** Aborted when nobody waits for it any more, or its time is over. */
  readonly signal: AbortSignal
}

/**
 * Draws pictures. It promises:
 * - A picture comes out upright, as its EXIF tells, and with no metadata.
 * - A mark is on every frame, and the whole of it within the picture, however small that is.
 * - A picture that is too much to decode is refused with `pixels_too_many`, one that cannot be decoded with `file_damaged`.
 */
export interface Renderer {
  readonly render: (picture: SourcePicture, drawing: Drawing) => Promise<Uint8Array<ArrayBuffer>>
}
