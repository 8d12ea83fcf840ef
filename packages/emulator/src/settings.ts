import type { Refusal } from './refusal.ts'
import type { LeastSpeed } from './upload-host/keep-up.ts'
import type { WebhookEvent } from './webhooks/webhook-event.ts'

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
  /** Reply to every call over the limit, seen with 429. Default: code 971. */
  readonly rateLimited: Refusal
  /** Reply to the wrong method of a known endpoint: seen with 405. Default: code 10405. */
  readonly wrongMethod: Refusal
  /** Id of an image whose `requireSignedURLs` changes; the schema says a new one. Default: `new`. */
  readonly idAfterAccessChange: 'new' | 'same'
  /** Value of a signing key that is created again under its name. Default: `new`. */
  readonly repeatedKey: 'new' | 'same'
  /** How long a token of the batch API is good for. Default: one hour. */
  readonly batchTokenSeconds: number
  /** How many images the account may hold, drafts apart; more are refused with 5453. Default: 100,000. */
  readonly allowedImages: number
  /** How long an upload by `url` may take, redirects included. Default: 30 seconds. */
  readonly urlTimeoutMs: number
  /** Endings of a custom id that are refused as a file name of no image; which ones production knows is not. */
  readonly refusedIdExtensions: readonly string[]
  /**
   * Speed below which an upload is refused with 5408: seen after about 15 seconds, the speed itself is assumed.
   * Default: 15 KiB in 15 seconds.
   */
  readonly slowUpload: LeastSpeed | 'off'
  /** Makes the `data` of a notification: what production sends for Images is not documented. Default: the id alone. */
  readonly webhookData: (event: WebhookEvent) => Readonly<Record<string, unknown>>
  /** Reply to a list of options for a private image or with a signature: known to be refused, not how. Default: 403, 9425. */
  readonly privateFlexible: Refusal
  /** How many pictures may wait to be made; more are refused with 9522. Default: 256. */
  readonly maxWaitingRenders: number
  /** How many bytes of pictures that were made are kept in memory. Default: 128 MiB. */
  readonly renditionCacheBytes: number
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
  rateLimited: {
    status: 429,
    code: 971,
    message: 'Please wait and consider throttling your request speed',
  },
  wrongMethod: {
    status: 405,
    code: 10405,
    message: 'Method not allowed for this authentication scheme',
  },
  idAfterAccessChange: 'new',
  repeatedKey: 'new',
  batchTokenSeconds: 3600,
  allowedImages: 100_000,
  urlTimeoutMs: 30_000,
  refusedIdExtensions: [
    'css',
    'csv',
    'doc',
    'html',
    'js',
    'json',
    'mp3',
    'mp4',
    'pdf',
    'txt',
    'zip',
  ],
  slowUpload: { withinMs: 15_000, leastBytes: 15 * 1024 },
  webhookData: ({ imageId }) => ({ id: imageId }),
  privateFlexible: {
    status: 403,
    code: 9425,
    message:
      'Image access denied: Flexible variants cannot be used for images that require a signed URL',
  },
  maxWaitingRenders: 256,
  renditionCacheBytes: 128 * 1024 * 1024,
  statuses: {},
}
