import { defaultFilePolicy, failures, isFailureCode } from '@lightfast/core'
import { describe, expect, it } from 'vitest'
import { exampleFailure, exampleItem, exampleNow, exampleStates } from '../upload/examples.ts'
import type { UploadState } from '../upload/upload-state.ts'
import { describeItem } from './describe-item.ts'
import { en } from './en.ts'

const options = { policy: defaultFilePolicy, now: exampleNow, signIn: 'offered' } as const

function tell(state: UploadState): [title: string, line: string, ...labels: string[]] {
  const { title, line, actions } = describeItem(exampleItem(state), en, options)
  return [title, line, ...actions.map(({ label }) => label)]
}

const stillHere = 'Nothing was sent, and your photo is still here.'
const notUploaded = exampleStates['not-uploaded']
const draftSaved = exampleStates['draft-saved']

describe('what a person reads', () => {
  it.each<[UploadState, string, string, ...string[]]>([
    [exampleStates.queued, 'Waiting its turn', '', 'Cancel'],
    [exampleStates.checking, 'Checking', '', 'Cancel'],
    [exampleStates.preparing, 'Getting ready', '', 'Cancel'],
    [exampleStates.uploading, 'Uploading', '1.2 of 4.0 MB, about 8 seconds left', 'Cancel'],
    [
      exampleStates.relaying,
      'Taking another route',
      'Our image host is slow to answer, so we are sending it ourselves.',
      'Cancel',
    ],
    [
      exampleStates.parked,
      'Saved, it will finish by itself',
      'Our image host is having trouble. We have your photo and will send it on. You can close this page.',
      'Remove',
    ],
    [exampleStates.processing, 'Almost there', 'Waiting for the photo to be ready.'],
    [
      exampleStates['still-checking'],
      'Arrived, still checking',
      'Your photo is safe with us. You can carry on.',
      'Check now',
    ],
    [
      exampleStates.waiting,
      'Trying again at 14:32',
      'Our image host asked for a pause.',
      'Try now',
      'Remove',
    ],
    [
      { ...exampleStates.waiting, reason: 'rate', retryAt: exampleNow + 8000 },
      'Trying again in 8 seconds',
      'Our image host asked for a pause.',
      'Remove',
    ],
    [
      { ...exampleStates.waiting, retryAt: exampleNow },
      'Trying again now',
      'Our image host asked for a pause.',
      'Try now',
      'Remove',
    ],
    [
      { ...exampleStates.waiting, reason: 'offline', retryAt: null },
      'Waiting for a connection',
      'You are offline. We will go on when you are back.',
      'Remove',
    ],
    [
      exampleStates.restored,
      'A photo is waiting here',
      'You chose \u2068beach.jpg\u2069 on Tuesday. Its upload has not finished.',
      'Upload',
      'Discard',
    ],
    [
      notUploaded,
      'Not uploaded',
      `We cannot reach our image host. ${stillHere} Try again at 14:32.`,
      'Try again',
      'Remove',
    ],
    [
      { ...notUploaded, reason: 'server', retryAt: null },
      'Not uploaded',
      `We cannot reach our server. ${stillHere} Try again in a few minutes.`,
      'Try again',
      'Remove',
    ],
    [
      { ...notUploaded, retryAt: exampleNow - 1 },
      'Not uploaded',
      `We cannot reach our image host. ${stillHere} You can try again now.`,
      'Try again',
      'Remove',
    ],
    [
      { ...notUploaded, reason: 'fault' },
      'Not uploaded',
      'There is a fault on our side, and trying again now will not help. Your photo is still here.',
      'Try again',
      'Remove',
    ],
    [
      { ...notUploaded, reason: 'not-allowed' },
      'Not uploaded',
      'You cannot add photos here.',
      'Remove',
    ],
    [
      { ...notUploaded, reason: 'too-many' },
      'Not uploaded',
      'You have added many photos in a short time. Your photo is still here. Try again at 14:32.',
      'Try again',
      'Remove',
    ],
    [
      { ...notUploaded, reason: 'signed-out' },
      'Not uploaded',
      'You have been signed out. Sign in, and your photo will still be here.',
      'Sign in',
      'Remove',
    ],
    [
      draftSaved,
      'Kept on this device',
      'The upload did not finish. You will not have to choose it again.',
      'Try again',
      'Discard',
    ],
    [
      { ...draftSaved, reason: 'no-room' },
      'The upload did not finish',
      'This device has no room to keep a copy, so leave this page open.',
      'Try again',
      'Discard',
    ],
    [
      { ...draftSaved, reason: 'unavailable' },
      'The upload did not finish',
      'No copy is kept on this device, so leave this page open.',
      'Try again',
      'Discard',
    ],
    [exampleStates.done, 'Uploaded', ''],
  ])('$status', (state, ...told) => {
    expect(tell(state)).toEqual(told)
  })

  it.each([
    ['file_empty', 'This file is empty', 'There is no photo in it.'],
    ['file_too_large', 'This photo is too large', 'It is 14.2 MB. The limit is 10.0 MB.'],
    [
      'file_type_unsupported',
      'This kind of file does not work',
      'Choose a JPEG, PNG, WebP, GIF or SVG.',
    ],
    ['file_damaged', 'This file seems damaged', 'We could not read it as a photo.'],
    [
      'dimensions_too_large',
      'This photo has too many pixels',
      'Its longer side is 14,000 pixels. The limit is 12,000 pixels.',
    ],
    [
      'pixels_too_many',
      'This photo has too many pixels',
      'It has 121.5 megapixels. The limit is 100 megapixels.',
    ],
    [
      'animation_too_large',
      'This animation is too large',
      'All its frames together have 186 megapixels. The limit is 100 megapixels.',
    ],
    ['file_refused_by_host', 'This photo could not be used', 'The image host could not read it.'],
  ] as const)('%s', (code, title, line) => {
    expect(tell(exampleFailure(code))).toEqual([title, line, 'Choose another', 'Remove'])
  })
})

const uploading = (loadedBytes: number, totalBytes: number, remainingMs: number | null) =>
  tell({ ...exampleStates.uploading, loadedBytes, totalBytes, remainingMs })[1]

describe('figures', () => {
  it.each([
    [34_000, 80_000, null, '34 of 80 KB'],
    [0, 4_000_000, 60_000, '0.0 of 4.0 MB, about 1 minute left'],
    [0, 4_000_000, 61_000, '0.0 of 4.0 MB, about 2 minutes left'],
    [3_999_999, 4_000_000, 10, '4.0 of 4.0 MB, about 1 second left'],
  ])('%d of %d bytes with %s ms to go', (loaded, total, remaining, line) => {
    expect(uploading(loaded, total, remaining)).toBe(line)
  })

  it('does not say that a file and its limit are the same size', () => {
    const { rejected } = exampleStates
    const measure = { actual: 10_000_001, limit: 10_000_000 }
    const [, line] = tell({ ...rejected, failure: { ...rejected.failure, measure } })
    expect(line).toBe('It is just over the limit of 10.0 MB.')
  })

  it('names the limit alone when nobody measured', () => {
    const { code, stage, message } = exampleStates.rejected.failure
    const [, line] = tell({
      status: 'rejected',
      reason: 'pixels',
      failure: { code, stage, message },
    })
    expect(line).toBe('The limit is 100 megapixels.')
  })

  it('takes the types from the policy', () => {
    const policy = { ...defaultFilePolicy, types: ['image/svg+xml'] } as const
    const item = exampleItem(exampleFailure('file_type_unsupported'))
    expect(describeItem(item, en, { ...options, policy }).line).toBe('Choose an SVG.')
    expect(en.zone.limits(defaultFilePolicy)).toBe('JPEG, PNG, WebP, GIF or SVG, up to 10.0 MB')
  })

  const DAY_MS = 86_400_000

  it.each([
    [0, 'today'],
    [6 * DAY_MS, 'on Monday'],
    [7 * DAY_MS, 'on 15 November'],
  ])('chosen %d ms ago', (ago, words) => {
    const item = exampleItem(exampleStates.restored, { pickedAt: exampleNow - ago })
    expect(describeItem(item, en, options).line).toContain(
      `You chose \u2068beach.jpg\u2069 ${words}.`,
    )
  })
})

describe('buttons', () => {
  it('are named by their label and the file', () => {
    const { actions } = describeItem(exampleItem(notUploaded), en, options)
    expect(actions).toEqual([
      { way: 'retry', label: 'Try again', name: 'Try again, beach.jpg' },
      { way: 'remove', label: 'Remove', name: 'Remove, beach.jpg' },
    ])
  })

  it('offer to choose another file exactly when this one will not do', () => {
    for (const code of Object.keys(failures).filter(isFailureCode)) {
      const { status } = exampleFailure(code)
      const labels = tell(exampleFailure(code)).slice(2)
      expect([code, labels.includes('Choose another')]).toEqual([code, status === 'rejected'])
    }
  })
})
