import type { Fault } from './faults.ts'

/** Names the ready-made bad days. */
export type ScenarioName =
  | 'february2025'
  | 'march2025'
  | 'july2026'
  | 'provisioningDown'
  | 'uploadHostDown'
  | 'connectionDrops'
  | 'fileRefused'
  | 'fileDamaged'
  | 'fileRefusedLater'
  | 'slow'
  | 'slowLine'
  | 'rateLimited'
  | 'neverAnswers'
  | 'repliesLost'
  | 'repliesUnreadable'
  | 'verdictNever'
  | 'listsLag'
  | 'picturesCut'
  | 'webhooksUnreliable'

const damaged = { code: 9422, message: 'The uploaded file may be incomplete or damaged' } as const

const uploadHostDown: readonly Fault[] = [
  { on: 'upload', effect: 'answer', status: 415, code: 5550, message: 'Internal Server Error' },
]

/** Holds ready-made bad days, each a list of faults to switch on. */
export const scenarios: Readonly<Record<ScenarioName, readonly Fault[]>> = {
  /**
   * On 6 February 2025 R2 was disabled by mistake, and every upload to and delivery from Images failed for
   * 59 minutes. The statuses are assumed. https://blog.cloudflare.com/cloudflare-incident-on-february-6-2025/
   */
  february2025: [
    {
      on: ['upload', 'api-upload'],
      effect: 'answer',
      status: 500,
      code: 5500,
      message: 'Internal Server Error',
    },
    { on: ['delivery', 'blob'], effect: 'answer', status: 500 },
  ],
  /**
   * On 21 March 2025 a rotation of credentials went wrong: every upload to Images failed, and about a quarter
   * of the deliveries succeeded. Needs a `seed`. The statuses are assumed.
   * https://blog.cloudflare.com/cloudflare-incident-march-21-2025/
   */
  march2025: [
    {
      on: ['upload', 'api-upload'],
      effect: 'answer',
      status: 500,
      code: 5500,
      message: 'Internal Server Error',
    },
    { on: 'delivery', effect: 'answer', status: 500, chance: 0.75 },
  ],
  /**
   * For two days in July 2026 the upload host answered 415 with code 5550 to every direct upload while the API
   * worked: drafts piled up and none was completed. https://github.com/thematters/matters-web/pull/6017
   */
  july2026: uploadHostDown,
  /** No one-time URL can be had. */
  provisioningDown: [
    { on: 'direct-upload', effect: 'answer', status: 503, message: 'Service Unavailable' },
  ],
  /** Every upload fails while the API works, as in July 2026. */
  uploadHostDown,
  /** The connection breaks after 64 KiB. */
  connectionDrops: [{ on: 'upload', effect: 'drop', atByte: 64 * 1024 }],
  /** The upload host does not take this kind of file. */
  fileRefused: [
    {
      on: 'upload',
      effect: 'answer',
      status: 415,
      code: 5455,
      message:
        'Uploaded image must have image/jpeg, image/png, image/webp, image/gif or image/svg+xml content-type',
    },
  ],
  /** The upload host cannot decode the file. */
  fileDamaged: [{ on: 'upload', effect: 'answer', status: 415, ...damaged }],
  /** The upload answers 200, and the image never leaves the state of a draft. */
  fileRefusedLater: [{ on: 'upload', effect: 'refuse-later', ...damaged, details: 'draft' }],
  /** Every step takes three seconds longer. */
  slow: [
    { on: 'direct-upload', effect: 'delay', ms: 3000 },
    { on: 'api-upload', effect: 'delay', ms: 3000 },
    { on: 'upload', effect: 'delay', ms: 3000 },
    { on: 'details', effect: 'delay', ms: 3000 },
    { on: 'delivery', effect: 'delay', ms: 3000 },
  ],
  /** Uploads and pictures crawl at 32 KiB a second. */
  slowLine: [{ on: ['upload', 'delivery'], effect: 'bandwidth', bytesPerSecond: 32 * 1024 }],
  /** The API refuses everything for five minutes from the next call on. */
  rateLimited: [{ on: 'api', effect: 'rate-limit' }],
  /** The upload host takes the connection and never answers. */
  neverAnswers: [{ on: 'upload', effect: 'stall' }],
  /** Files arrive and images are kept, but the uploader never hears of it. */
  repliesLost: [{ on: ['upload', 'api-upload'], effect: 'lose-reply' }],
  /** The API does what it is asked and answers with a page of HTML. */
  repliesUnreadable: [{ on: 'api', effect: 'malform', as: 'html' }],
  /** The upload answers 200, and nobody ever says whether the image is ready. */
  verdictNever: [{ on: 'upload', effect: 'settle-later' }],
  /** New images are missing from lists for a minute. */
  listsLag: [{ on: 'list', effect: 'list-lag', ms: 60_000 }],
  /** Pictures break off after 2 KiB. */
  picturesCut: [{ on: 'delivery', effect: 'truncate', atByte: 2048 }],
  /** The next notification comes after the one that follows it, and all others come twice. */
  webhooksUnreliable: [
    { on: 'webhook', effect: 'reorder', times: 1 },
    { on: 'webhook', effect: 'duplicate', copies: 1 },
  ],
}

/** Tells whether a name is that of a scenario. */
export const isScenarioName = (name: string): name is ScenarioName => Object.hasOwn(scenarios, name)
