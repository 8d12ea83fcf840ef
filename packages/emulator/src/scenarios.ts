import type { Fault } from './faults.ts'

/** Names the ready-made bad days. */
export type ScenarioName =
  | 'provisioningDown'
  | 'uploadHostDown'
  | 'connectionDrops'
  | 'fileRefused'
  | 'fileDamaged'
  | 'fileRefusedLater'
  | 'slow'

/** Holds ready-made bad days, each a list of faults to switch on. */
export const scenarios: Readonly<Record<ScenarioName, readonly Fault[]>> = {
  /** No one-time URL can be had. */
  provisioningDown: [
    { on: 'direct-upload', effect: 'answer', status: 503, message: 'Service Unavailable' },
  ],
  /** Every upload fails while the API works, as in July 2026. */
  uploadHostDown: [
    {
      on: 'upload',
      effect: 'answer',
      status: 415,
      code: 5550,
      message: 'Internal Server Error',
    },
  ],
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
  fileDamaged: [
    {
      on: 'upload',
      effect: 'answer',
      status: 415,
      code: 9422,
      message: 'The uploaded file may be incomplete or damaged',
    },
  ],
  /** The upload answers 200, and the image never leaves the state of a draft. */
  fileRefusedLater: [
    {
      on: 'upload',
      effect: 'refuse-later',
      code: 9422,
      message: 'The uploaded file may be incomplete or damaged',
      details: 'draft',
    },
  ],
  /** Every step takes three seconds longer. */
  slow: [
    { on: 'direct-upload', effect: 'delay', ms: 3000 },
    { on: 'api-upload', effect: 'delay', ms: 3000 },
    { on: 'upload', effect: 'delay', ms: 3000 },
    { on: 'details', effect: 'delay', ms: 3000 },
    { on: 'delivery', effect: 'delay', ms: 3000 },
  ],
}
