import { defaultFilePolicy } from '@lightfast/core'
import { expect, it } from 'vitest'
import { announce } from './announce.ts'
import { exampleItem, exampleNow, exampleStates } from './upload/examples.ts'
import type { UploadItem, UploadState } from './upload/upload-state.ts'
import { en } from './words/en.ts'

const options = {
  words: en,
  policy: defaultFilePolicy,
  now: exampleNow,
  signIn: 'absent',
} as const

const item = (state: UploadState, name = 'beach.jpg'): UploadItem =>
  exampleItem(state, { id: name, name })

const uploading = (share: number, attempt = 1): UploadState => ({
  ...exampleStates.uploading,
  attempt,
  loadedBytes: share * 4_000_000,
})

const relaying = (share: number): UploadState => ({
  ...exampleStates.relaying,
  loadedBytes: share * 4_000_000,
})

it.each<[string, UploadState, UploadState, string]>([
  ['the start', exampleStates.preparing, uploading(0), 'Uploading beach.jpg.'],
  ['no second start of its own', exampleStates.preparing, uploading(0, 2), ''],
  ['no tick', uploading(0.1), uploading(0.4), ''],
  ['the half', uploading(0.4), uploading(0.6), 'beach.jpg is half uploaded.'],
  ['the half only once', uploading(0.6), uploading(0.7), ''],
  ['no wait', uploading(1), exampleStates.processing, ''],
  ['no detour', uploading(0.7), exampleStates.relaying, ''],
  ['no half of a detour', relaying(0.4), relaying(0.6), ''],
  [
    'that a photo is parked',
    relaying(1),
    exampleStates.parked,
    'beach.jpg: Saved, it will finish by itself. Our image host is having trouble. We have your photo and will send it on. You can close this page.',
  ],
  ['no wait after that', exampleStates.parked, exampleStates.processing, ''],
  ['the end', exampleStates.processing, exampleStates.done, 'beach.jpg: Uploaded.'],
  [
    'a kept draft',
    uploading(0.7),
    exampleStates['draft-saved'],
    'beach.jpg: Kept on this device. The upload did not finish. You will not have to choose it again.',
  ],
])('says %s politely', (_, before, after, polite) => {
  expect(announce([item(before)], [item(after)], options)).toEqual({ polite, assertive: '' })
})

it('says a second failure too, although the words are the same', () => {
  const failed = exampleStates['draft-saved']
  const said = announce([item(failed)], [item({ ...failed })], options)
  expect(said.polite).toContain('Kept on this device')
})

it('says at once that a file will not do', () => {
  const said = announce([item(exampleStates.checking)], [item(exampleStates.rejected)], options)
  expect(said).toEqual({
    polite: '',
    assertive: 'beach.jpg: This photo is too large. It is 14.2 MB. The limit is 10.0 MB.',
  })
})

it('counts photos that start together', () => {
  const names = ['a.jpg', 'b.jpg', 'c.jpg']
  const before = names.map((name) => item(exampleStates.preparing, name))
  const after = names.map((name) => item(uploading(0), name))
  expect(announce(before, after, options).polite).toBe('Uploading 3 photos.')
})

it('counts all that were picked together once, whatever becomes of the first', () => {
  const { preparing, processing, done, rejected } = exampleStates
  const rest = [item(preparing, 'b.jpg'), item(preparing, 'c.jpg')]
  const before = [item(preparing, 'a.jpg'), ...rest, item(rejected, 'notes.txt')]
  const after = [item(uploading(0), 'a.jpg'), ...rest, item(rejected, 'notes.txt')]
  expect(announce(before, after, options).polite).toContain('Uploading 3 photos.')
  for (const fate of [processing, done, exampleStates.parked]) {
    const next = [item(fate, 'a.jpg'), item(uploading(0), 'b.jpg'), item(preparing, 'c.jpg')]
    expect(announce([item(fate, 'a.jpg'), ...rest], next, options).polite).toBe('')
  }
})

it('tells of a second pick while the first is under way', () => {
  const later = (state: UploadState): UploadItem => ({
    ...item(state, 'late.jpg'),
    pickedAt: exampleNow,
  })
  const first = item(uploading(0.7))
  const said = announce(
    [first, later(exampleStates.preparing)],
    [first, later(uploading(0))],
    options,
  )
  expect(said.polite).toBe('Uploading late.jpg.')
})

it('tells of a long queue only when it is half as long, but of every failure', () => {
  const queue = (count: number, admitted = 0): UploadItem[] =>
    Array.from({ length: count }, (_, at) => {
      const state = at < count - admitted ? exampleStates.queued : exampleStates.preparing
      return item(state, `${at}.jpg`)
    })
  const hear = (queued: number, before: UploadState, after: UploadState): string => {
    const earlier = [item(before), ...queue(queued)]
    return announce(earlier, [item(after), ...queue(queued, 1)], options).polite
  }
  const { processing, done } = exampleStates
  expect(hear(300, processing, done)).toBe('')
  expect(hear(300, uploading(0.4), uploading(0.6))).toBe('')
  expect(hear(256, processing, done)).toBe(en.queue.queued(255))
  expect(hear(300, uploading(0.6), exampleStates['draft-saved'])).toContain('Kept on')
  expect(hear(300, uploading(1), exampleStates.parked)).toContain('it will finish by itself')
  const parked = [item(exampleStates.parked, 'gull.jpg'), ...queue(20)]
  const next = [...parked, item(uploading(1))]
  const both = [...parked, item(exampleStates.parked)]
  expect(announce(next, both, options).polite).toBe('')
  expect(hear(10, processing, done)).toBe('beach.jpg: Uploaded.')
})

it('says what was removed, but not that a finished row left', () => {
  const gone = [item(uploading(0.2), 'gull.jpg'), item(exampleStates.done, 'pier.jpg')]
  expect(announce(gone, [], options).polite).toBe('gull.jpg removed.')
})

it('counts at the start those that wait for their turn, and is silent when it comes', () => {
  const [first, second] = [item(uploading(0), 'a.jpg'), item(exampleStates.queued, 'b.jpg')]
  const before = [item(exampleStates.preparing, 'a.jpg'), second]
  expect(announce(before, [first, second], options).polite).toBe('Uploading 2 photos.')
  expect(announce([first, second], [first, item(uploading(0), 'b.jpg')], options).polite).toBe('')
})

it('says once that something waits, and not again for each second', () => {
  const { waiting } = exampleStates
  const said = announce([item(exampleStates.preparing)], [item(waiting)], options)
  expect(said.polite).toBe('beach.jpg: Trying again at 14:32. Our image host asked for a pause.')
  const later = item({ ...waiting, retryAt: waiting.retryAt + 1000 })
  expect(announce([item(waiting)], [later], options).polite).toBe('')
})
