import type { Fault } from '@lightfast/emulator'
import type { SwitchWords } from './fieldset.tsx'

/** The parts of Cloudflare that can be broken. */
export const parts = ['API', 'Upload host', 'Verdict', 'Delivery'] as const

/** One switch: the part of Cloudflare that it breaks, and how. */
export interface Switch extends SwitchWords {
  readonly part: (typeof parts)[number]
  readonly faults: readonly Fault[]
}

const damaged = { code: 9422, message: 'The uploaded file may be incomplete or damaged' }

export const switches: readonly Switch[] = [
  {
    id: 'api-outage',
    part: 'API',
    name: 'API outage',
    effect: 'Every call of the API is answered with 503: no slots, no relays, no verdicts.',
    faults: [{ on: 'api', effect: 'answer', status: 503 }],
  },
  {
    id: 'no-slots',
    part: 'API',
    name: 'No slots',
    effect: 'Asking for a place to upload to is answered with 503.',
    faults: [{ on: 'direct-upload', effect: 'answer', status: 503 }],
  },
  {
    id: 'slow',
    part: 'API',
    name: 'Slow answers',
    effect: 'Every answer of the API comes two seconds late.',
    faults: [
      { on: 'direct-upload', effect: 'delay', ms: 2000 },
      { on: 'details', effect: 'delay', ms: 2000 },
    ],
  },
  {
    id: 'upload-outage',
    part: 'Upload host',
    name: 'Upload host outage',
    effect: 'Every upload is answered with 415 and code 5550, as in July 2026.',
    faults: [
      { on: 'upload', effect: 'answer', status: 415, code: 5550, message: 'Internal Server Error' },
    ],
  },
  {
    id: 'drop',
    part: 'Upload host',
    name: 'Dropped connection',
    effect: 'The connection breaks after 64 KB.',
    faults: [{ on: 'upload', effect: 'drop', atByte: 65_536 }],
  },
  {
    id: 'refuse',
    part: 'Upload host',
    name: 'Refused file',
    effect: 'The upload host cannot read the photo.',
    faults: [{ on: 'upload', effect: 'answer', status: 415, ...damaged }],
  },
  {
    id: 'refuse-later',
    part: 'Verdict',
    name: 'Refused later',
    effect: 'The photo is taken first and refused afterwards.',
    faults: [{ on: 'upload', effect: 'refuse-later', ...damaged, details: 'refused' }],
  },
  {
    id: 'no-verdict',
    part: 'Verdict',
    name: 'No verdict',
    effect: 'The photo arrives, and nobody says whether it is ready.',
    faults: [{ on: 'details', effect: 'answer', status: 503 }],
  },
  {
    id: 'no-delivery',
    part: 'Delivery',
    name: 'No pictures',
    effect: 'Every picture is answered with 503.',
    faults: [{ on: 'delivery', effect: 'answer', status: 503 }],
  },
]
