import type { Refusal } from './refusal.ts'

/** Chooses, where production's behaviour is not established, what the emulator does. */
export interface EmulatorSettings {
  /** Body of a refusal by the upload host: both forms are seen, what selects one is unknown. Default: `json`. */
  readonly uploadErrorFormat: 'json' | 'text'
  /** Reply to a second upload to the same one-time URL. Default: 409. */
  readonly usedSlot: Refusal
  /** Reply to an upload after the URL's expiry. Default: 410. */
  readonly expiredSlot: Refusal
  /** Reply to a custom id that is taken. Default: 409 with code 5409. */
  readonly takenId: Refusal
  /** Reply to a custom id on a private image: the message was seen, status and code were not. Default: 400, 5411. */
  readonly privateCustomId: Refusal
  /** Request headers a preflight of the upload host lets through; `content-type` is known to be refused. */
  readonly corsAllowHeaders: readonly string[]
  /** String that is signed when a URL has no `exp`: `/path?`, `/path`, or either. Default: `either`. */
  readonly unexpiringForm: 'question-mark' | 'bare' | 'either'
  /** Path that is signed on a custom domain: as requested, or without `/cdn-cgi/imagedelivery`. Default: `as-requested`. */
  readonly customDomainPath: 'as-requested' | 'without-prefix'
  /** Largest file in bytes; the documents say 10 MB without saying which. Default: 10 MiB. */
  readonly maxUploadBytes: number
  /** HTTP status by error code, over the emulator's own table. Default: none. */
  readonly statuses: Readonly<Record<number, number>>
}

/** What the emulator does unless told otherwise. */
export const defaultSettings: EmulatorSettings = {
  uploadErrorFormat: 'json',
  usedSlot: { status: 409, code: 5400, message: 'This upload URL was already used' },
  expiredSlot: { status: 410, code: 5400, message: 'This upload URL has expired' },
  takenId: { status: 409, code: 5409, message: 'An image with this ID already exists' },
  privateCustomId: {
    status: 400,
    code: 5411,
    message:
      'The image contains a custom ID and cannot be set to private. To make the image private, delete and upload the image again using a regular ID.',
  },
  corsAllowHeaders: ['accept', 'cache-control', 'x-requested-with'],
  unexpiringForm: 'either',
  customDomainPath: 'as-requested',
  maxUploadBytes: 10 * 1024 * 1024,
  statuses: {},
}
