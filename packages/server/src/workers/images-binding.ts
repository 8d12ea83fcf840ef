/**
 * What is used of the Images binding, so that nobody needs Cloudflare's types to hand it in.
 * @see https://developers.cloudflare.com/images/optimization/binding/
 */
export interface ImagesBinding {
  // A method, as in Cloudflare's types: the parameters of one are compared both ways.
  input(stream: ByteStream): BindingImage
  readonly text: (content: string, look: TextLook) => BindingImage
}

/** A `ReadableStream` of bytes: what the types of the DOM and those of Cloudflare agree on. */
export interface ByteStream {
  readonly locked: boolean
  readonly cancel: (reason?: unknown) => Promise<void>
}

/** A picture on which steps are noted. They are taken in that order, and only when the output is asked for. */
export interface BindingImage {
  readonly transform: (step: TransformStep) => BindingImage
  draw(image: BindingImage | ByteStream, options: DrawOptions): BindingImage
  readonly output: (options: OutputOptions) => Promise<BindingOutput>
}

export interface BindingOutput {
  readonly response: () => { readonly arrayBuffer: () => Promise<ArrayBuffer> }
}

export interface TextLook {
  /** A TrueType, OpenType, WOFF or WOFF2 file, which Cloudflare fetches. */
  readonly font: { readonly url: string }
  readonly size: number
  readonly color: string
}

export interface TransformStep {
  readonly width?: number
  readonly height?: number
  readonly fit?: 'scale-down' | 'contain' | 'cover' | 'squeeze'
  readonly rotate?: 0 | 90 | 180 | 270
  readonly blur?: number
  readonly border?: { readonly color: string; readonly width: number }
}

/** Without an edge, what is drawn is in the middle. */
export interface DrawOptions {
  readonly opacity?: number
  readonly repeat?: boolean
  readonly top?: number
  readonly left?: number
  readonly bottom?: number
  readonly right?: number
}

export interface OutputOptions {
  readonly format: 'image/webp' | 'image/jpeg' | 'image/png' | 'image/avif' | 'image/gif'
  readonly quality?: number
  readonly background?: string
  readonly anim?: boolean
}
