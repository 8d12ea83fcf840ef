import type { ImageType } from '../image.ts'

/** What a file's own bytes say. The name and the type that the browser reports are never asked. */
export interface ImageFacts {
  readonly type: ImageType
  /** Pixels; null for SVG, which has none. */
  readonly width: number | null
  readonly height: number | null
  readonly frames: number
}

/** A file that begins as one type and then breaks off or contradicts itself. */
export interface DamagedFile {
  readonly damaged: ImageType
}

/** Reads one kind of file: its facts or its damage; undefined if the bytes are of another kind. */
export type Reader = (bytes: Uint8Array) => ImageFacts | DamagedFile | undefined
