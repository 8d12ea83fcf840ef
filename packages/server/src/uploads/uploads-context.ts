import type { FilePolicy } from '@lightfast/core'
import type { ImagesClient } from '../client/create-images-client.ts'
import type { SigningKey } from '../delivery/signing-key.ts'
import type { UploadStore } from './store.ts'

/** What every step of an upload works with. */
export interface UploadsContext {
  readonly client: ImagesClient
  readonly store: UploadStore
  /** What the app uses images for, such as `photo`, and what each accepts. */
  readonly kinds: Readonly<Record<string, FilePolicy>>
  readonly delivery: DeliveryContext
  readonly now: () => number
  readonly randomId: () => string
}

export interface DeliveryContext {
  readonly accountHash: string
  readonly signingKey: SigningKey
  /** The named variants that may be asked for. */
  readonly variants: readonly string[]
  readonly origin: string
  readonly urlMs: number
}
