import type { Failure, FailureCode, ImageState, ImageType, Rung } from '@lightfast/core'

/** What we know of an image. It is written before Cloudflare is called, and it is the truth. Every column is set by the server. */
export interface ImageRecord {
  readonly id: string
  /** Made by the browser; unique for its owner. */
  readonly uploadId: string
  readonly ownerId: string
  /** Of the principal that uploaded it. Null equals nothing. */
  readonly tenantId: string | null
  readonly state: ImageState
  /** Goes up with every change, so that of two writers one notices. */
  readonly version: number
  readonly kind: string
  /** Private images are shown by signed URLs only. */
  readonly privacy: 'private' | 'public'
  /** Cloudflare's id, once an attempt has won. */
  readonly cloudflareId: string | null
  /** The attempt that has won. */
  readonly attemptId: string | null
  readonly filename: string
  /** `verified`: type, size and dimensions were read from the bytes by us. `claimed`: they are the browser's word. */
  readonly facts: 'claimed' | 'verified'
  readonly contentType: ImageType
  readonly sizeBytes: number
  readonly width: number | null
  readonly height: number | null
  /** The app's own, by the rules of the kind. Goes to Cloudflare with the image: no secrets. */
  readonly metadata: Readonly<Record<string, string>>
  /** A blurred likeness of some 25 bytes, as base64; null until there is one. @see https://evanw.github.io/thumbhash/ */
  readonly thumbhash: string | null
  /** Why the last try failed, and at which stage; null once one has not. */
  readonly failure: Failure | null
  /** The bytes that we keep until Cloudflare has them; null if we keep none. Set before they arrive. */
  readonly kept: KeptBytes | null
  /** Since when nothing of the app uses it; null while something does. Ms since the epoch. */
  readonly unusedSince: number | null
  readonly createdAt: number
  readonly updatedAt: number
}

/** Room in the byte store, under the record's id. */
export interface KeptBytes {
  readonly sizeBytes: number
  /** When we give them up, in ms since the epoch. */
  readonly until: number
}

/**
 * How an attempt stands. `open`: it may still bring the bytes. `failed`: given up, but Cloudflare may have got them all
 * the same. `won`: its image is the record's. `closed`: Cloudflare was asked after its time, and holds nothing of it.
 */
export type AttemptOutcome = 'open' | 'failed' | 'won' | 'closed'

/** One try to get the bytes to Cloudflare, written before Cloudflare is called. A record has many, and one of them wins. */
export interface Attempt {
  readonly id: string
  readonly imageId: string
  readonly rung: Rung
  readonly outcome: AttemptOutcome
  /** Why it failed. */
  readonly failureCode: FailureCode | null
  /** Of the rung `direct`: null until there is one. */
  readonly slot: Slot | null
  /** The image at Cloudflare: the slot's, or what an upload by us was answered. */
  readonly cloudflareId: string | null
  /** Cloudflare's code by which somebody (a browser, a webhook) said that the file is refused. A hint: see `reject`. */
  readonly refusalCode: number | null
  /** When our server began to send the bytes, in ms since the epoch; null if it has not, or they are the browser's to send. */
  readonly sentAt: number | null
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
  requested: ['requested', 'pending', 'delivered', 'parked', 'rejected', 'expired', 'deleted'],
  pending: ['pending', 'delivered', 'parked', 'rejected', 'expired', 'deleted'],
  parked: ['parked', 'delivered', 'rejected', 'expired', 'deleted'],
  delivered: ['delivered', 'ready', 'rejected', 'expired', 'deleted'],
  ready: ['ready', 'deleted'],
  rejected: ['rejected', 'deleted'],
  expired: ['expired', 'requested', 'ready', 'deleted'],
  deleted: ['deleted'],
}

/** Asks whether a record may go from one state to another. */
export function canMove(from: ImageState, to: ImageState): boolean {
  return moves[from].includes(to)
}

/** Asks whether nothing can change any more but by the owner's wish. */
export function isSettled({ state }: Pick<ImageRecord, 'state'>): boolean {
  return state === 'ready' || state === 'rejected' || state === 'deleted'
}
