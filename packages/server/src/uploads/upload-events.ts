import type { FailureCode, ImageState, Rung } from '@lightfast/core'

/** A record has changed its state. */
export interface ImageMovedEvent {
  readonly type: 'image-moved'
  /** The kind of upload, such as `photo`. */
  readonly kind: string
  readonly from: ImageState | null
  readonly to: ImageState
  /** Of the attempt that it is about, if it is about one. */
  readonly rung: Rung | null
  /** Why, if something failed. */
  readonly code: FailureCode | null
}

/** A browser was told where its bytes should go. */
export interface WayOpenedEvent {
  readonly type: 'way-opened'
  readonly rung: Rung
}

/** An image at Cloudflare that is no record's was deleted, or will be. */
export interface ImageSweptEvent {
  readonly type: 'image-swept'
  readonly because: 'lost' | 'deleted' | 'rejected'
}

/** A notification of Cloudflare came in. */
export interface WebhookEvent {
  readonly type: 'webhook-received'
  readonly outcome: 'test' | 'known' | 'unknown'
}

/** What uploads tell. Labels are closed sets: no event holds an id, a token or an address. */
export type UploadsEvent = ImageMovedEvent | WayOpenedEvent | ImageSweptEvent | WebhookEvent
