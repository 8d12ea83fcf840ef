/** One thing to be imported: a file, or what an address answers. */
export interface ImportSource {
  readonly origin: 'file' | 'address'
  /** As it is shown. Holds no password and no query: they may be secret. */
  readonly name: string
  /** What the image is called from then on. */
  readonly filename: string
  /** By which an earlier run is remembered. A file that was changed has another one. */
  readonly key: string
  /**
   * Makes its bytes readable, as often as they are asked for.
   * @throws ImagesError that says why they cannot be read, or that they are more than `maxBytes`.
   */
  readonly open: (maxBytes: number) => Promise<OpenSource>
}

export interface OpenSource {
  readonly file: Blob
  /** Gives up what was only made for reading. */
  readonly close: () => Promise<void>
}

/** Computes a SHA-256 piece by piece, which Web standards cannot. */
export interface Sha256 {
  readonly update: (bytes: Uint8Array) => unknown
  /** In hexadecimal digits. */
  readonly digest: () => string
}
