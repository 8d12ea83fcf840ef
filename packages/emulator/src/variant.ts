import type { Fit } from './pixels.ts'

/** Describes a named variant as the account keeps it. */
export interface Variant {
  readonly id: string
  readonly options: {
    readonly fit: Fit
    readonly width: number
    readonly height: number
    readonly metadata: 'keep' | 'copyright' | 'none'
  }
  /** Lets this variant of a private image be read by anybody. Default: false. */
  readonly neverRequireSignedURLs?: boolean
}

/** The variant every account starts with. */
export const publicVariant: Variant = {
  id: 'public',
  options: { fit: 'scale-down', width: 1366, height: 768, metadata: 'none' },
}
