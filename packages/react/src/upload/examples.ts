import { createFailure, defaultFilePolicy, failures, userState } from '@lightfast/core'
import type { DraftOutcome, Failure, FailureCode, Image, Measure } from '@lightfast/core'
import { exampleBlob } from './example-picture.ts'
import type { UploadControl } from './upload-control.ts'
import type { UploadItem, UploadState, UploadStatus } from './upload-state.ts'

/** When all examples happen: a Sunday, in the time of the device, so that clock times read the same everywhere. */
export const exampleNow: number = new Date(2026, 10, 22, 14, 30).getTime()

export const exampleClock = (): number => exampleNow

const retryAt = exampleNow + 2 * 60_000

const image: Image = {
  id: 'img_beach',
  uploadId: '8f14e45f-ceea-467f-9a3c-2f0c1b8e5d11',
  state: 'ready',
  kind: 'photo',
  filename: 'beach.jpg',
  facts: 'claimed',
  contentType: 'image/jpeg',
  sizeBytes: 4_000_000,
  width: 4000,
  height: 3000,
  rung: 'direct',
  createdAt: exampleNow,
  failure: null,
  mine: true,
  privacy: 'private',
  can: ['view', 'viewOriginal', 'share', 'update', 'delete', 'administer'],
  url: null,
  thumbhash: null,
}

/** One state for each status. A status without an example does not compile. */
export const exampleStates = {
  queued: { status: 'queued', next: null },
  checking: { status: 'checking' },
  preparing: { status: 'preparing', attempt: 1, draft: 'kept' },
  uploading: {
    status: 'uploading',
    attempt: 1,
    draft: 'kept',
    loadedBytes: 1_200_000,
    totalBytes: 4_000_000,
    remainingMs: 8000,
    bytesPerSecond: 350_000,
  },
  relaying: {
    status: 'relaying',
    attempt: 2,
    draft: 'kept',
    loadedBytes: 2_600_000,
    totalBytes: 4_000_000,
    remainingMs: 3000,
    bytesPerSecond: 470_000,
  },
  parked: { status: 'parked' },
  processing: { status: 'processing' },
  'still-checking': { status: 'still-checking' },
  waiting: { status: 'waiting', reason: 'circuit', retryAt, attempt: 4, draft: 'kept' },
  restored: { status: 'restored' },
  'not-uploaded': {
    status: 'not-uploaded',
    reason: 'image-host',
    failure: createFailure('host_unavailable', 'The image host answered 503.'),
    draft: 'kept',
    retryAt,
  },
  'draft-saved': {
    status: 'draft-saved',
    reason: 'kept',
    failure: createFailure('transfer_interrupted', 'The connection broke off.'),
    retryAt: null,
  },
  rejected: {
    status: 'rejected',
    reason: 'too-large',
    failure: createFailure('file_too_large', '14200000 is over the limit of 10000000.', {
      measure: { actual: 14_200_000, limit: 10_000_000 },
    }),
  },
  done: { status: 'done', image },
} satisfies { readonly [S in UploadStatus]: Extract<UploadState, { status: S }> }

/** The state that a failure leads to, told where the failure is met and what became of the copy. */
export function exampleFailure(code: FailureCode, draft: DraftOutcome = 'kept'): UploadState {
  const { stage } = failures[code]
  const measure = measures[code]
  const failure: Failure = createFailure(code, `An example of ${code}.`, measure && { measure })
  const told = userState(stage, code, draft)
  switch (told.state) {
    case 'not-uploaded':
      return { status: told.state, reason: told.reason, failure, draft, retryAt }
    case 'draft-saved':
      return { status: told.state, reason: told.reason, failure, retryAt: null }
    case 'rejected':
      return { status: told.state, reason: told.reason, failure }
    default:
      return told satisfies never
  }
}

const measures: { readonly [Code in FailureCode]?: Measure } = {
  file_too_large: { actual: 14_200_000, limit: 10_000_000 },
  dimensions_too_large: { actual: 14_000, limit: 12_000 },
  pixels_too_many: { actual: 121_500_000, limit: 100_000_000 },
  animation_too_large: { actual: 186_000_000, limit: 100_000_000 },
}

/** An item in a given state. */
export function exampleItem(state: UploadState, details: Partial<UploadItem> = {}): UploadItem {
  return {
    id: `example-${state.status}`,
    name: 'beach.jpg',
    sizeBytes: 4_000_000,
    pickedAt: exampleNow - 5 * 86_400_000,
    preview: ['queued', 'checking'].includes(state.status) ? null : exampleBlob,
    imageId: ['done', 'parked'].includes(state.status) ? image.id : null,
    state,
    ...details,
  }
}

/** One item of each status, under names of different lengths. */
export const exampleItems: readonly UploadItem[] = [
  exampleItem(exampleStates.queued, { name: 'IMG_4411.jpg' }),
  exampleItem(exampleStates.checking, { name: 'IMG_4410.jpg' }),
  exampleItem(exampleStates.preparing, { name: 'harbour.png' }),
  exampleItem(exampleStates.uploading),
  exampleItem(exampleStates.relaying, { name: 'breakwater.jpg' }),
  exampleItem(exampleStates.parked, { name: 'low tide.png' }),
  exampleItem(exampleStates.processing, { name: 'lighthouse at dusk.webp' }),
  exampleItem(exampleStates['still-checking'], { name: 'dunes.jpg' }),
  exampleItem(exampleStates.waiting, { name: 'tide pool.jpg' }),
  exampleItem(exampleStates.restored),
  exampleItem(exampleStates['not-uploaded'], {
    name: 'A walk along the northern shore in the last light of November, 0042.jpg',
  }),
  exampleItem(exampleStates['draft-saved'], { name: 'gulls.jpg' }),
  exampleItem(exampleStates.rejected, { name: 'panorama.jpg', sizeBytes: 14_200_000 }),
  exampleItem(exampleStates.done, { name: 'pier.jpg' }),
]

/** A control that shows these items and does nothing, unless told what to do. */
export function exampleControl(
  items: readonly UploadItem[],
  details: Partial<UploadControl> = {},
): UploadControl {
  return {
    items,
    paused: false,
    policy: defaultFilePolicy,
    maxFiles: 12,
    add: () => 0,
    retry: nothing,
    retryAll: nothing,
    remove: nothing,
    release: nothing,
    replace: nothing,
    checkNow: nothing,
    pause: nothing,
    resume: nothing,
    ...details,
  }
}

const nothing = (): void => undefined
