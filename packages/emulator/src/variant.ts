/** Names how a picture is fitted into a named variant's width and height. */
export type Fit = 'scale-down' | 'contain' | 'cover' | 'crop' | 'pad'

/** Describes a named variant as the account keeps it. */
export interface Variant {
  readonly id: string
  readonly options: {
    readonly fit: Fit
    readonly width: number
    readonly height: number
    readonly metadata: 'keep' | 'copyright' | 'none'
    /**
     * Seconds a browser may keep it, over the account's.
     * https://developers.cloudflare.com/images/optimization/hosted-images/browser-ttl/
     */
    readonly browser_ttl?: number
  }
  /** Lets this variant of a private image be read by anybody. Default: false. */
  readonly neverRequireSignedURLs?: boolean
}

/** The variant every account starts with. */
export const publicVariant: Variant = {
  id: 'public',
  options: { fit: 'scale-down', width: 1366, height: 768, metadata: 'none' },
}
