import type { Failure, FailureCode, ImageState, ImageType } from '@lightfast/core'

/** What we know of an image. It is written before Cloudflare is called, and it is the truth. */
export interface ImageRecord {
  readonly id: string
  /** Made by the browser; unique for its owner. */
  readonly uploadId: string
  readonly ownerId: string
  readonly state: ImageState
  /** Goes up with every change, so that of two writers one notices. */
  readonly version: number
  readonly kind: string
  /** Cloudflare's id, once an attempt has won. */
  readonly cloudflareId: string | null
  readonly filename: string
  readonly contentType: ImageType
  readonly sizeBytes: number
  readonly width: number | null
  readonly height: number | null
  /** Why the last try failed; null once one has not. */
  readonly failure: Failure | null
  readonly createdAt: number
  readonly updatedAt: number
}

/** One try to get the bytes to Cloudflare, written before Cloudflare is called. A record has many, and one of them wins. */
export interface Attempt {
  readonly id: string
  readonly imageId: string
  readonly rung: 'direct'
  /** `open`: it may still bring the bytes. `failed`: there was no slot, or the browser gave it up. */
  readonly outcome: 'open' | 'failed'
  /** Why it failed. */
  readonly failureCode: FailureCode | null
  /** Null until there is one. */
  readonly slot: Slot | null
  readonly createdAt: number
}

/** A place for one file at Cloudflare. */
export interface Slot {
  readonly cloudflareId: string
  /** The one-time URL. It goes to its owner's browser, and to no log. */
  readonly url: string
  readonly expiresAt: number
}

/** Which state may follow which. A move to the same state notes something without moving. */
const moves: Readonly<Record<ImageState, readonly ImageState[]>> = {
  requested: ['requested', 'pending', 'delivered', 'rejected', 'expired', 'deleted'],
  pending: ['pending', 'delivered', 'rejected', 'expired', 'deleted'],
  delivered: ['delivered', 'ready', 'rejected', 'expired', 'deleted'],
  ready: ['deleted'],
  rejected: ['deleted'],
  expired: ['requested', 'ready', 'deleted'],
  deleted: [],
}

/** Asks whether a record may go from one state to another. */
export function canMove(from: ImageState, to: ImageState): boolean {
  return moves[from].includes(to)
}

/** Asks whether nothing can change any more but by the owner's wish. */
export function isSettled({ state }: ImageRecord): boolean {
  return state === 'ready' || state === 'rejected' || state === 'deleted'
}
