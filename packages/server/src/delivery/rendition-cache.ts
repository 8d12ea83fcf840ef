/** The port of finished pictures: those that the gateway has drawn, and avatars as they were last seen. */

export interface Rendition {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Told from the bytes, never from what somebody claimed. */
  readonly contentType: string
  /** When it was made, in ms since the epoch. */
  readonly storedAt: number
}

/**
 * Keeps pictures by a key that names all that they are made of. It promises:
 * - What was put is answered as it was put, or not at all: a cache may forget anything at any time.
 * - Neither method rejects: a cache that cannot read has nothing, and one that cannot write forgets.
 */
export interface RenditionCache {
  readonly get: (key: string) => Promise<Rendition | undefined>
  readonly put: (key: string, rendition: Rendition) => Promise<void>
}
