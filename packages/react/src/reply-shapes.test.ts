import {
  imageListSchema,
  imageReplySchema,
  problemSchema,
  signedUrlSchema,
  startedUploadSchema,
} from '@lightfast/core'
import type { Image, Problem } from '@lightfast/core'
import { is } from 'valibot'
import { describe, expect, test } from 'vitest'
import { isImageList } from './grid/is-image-list.ts'
import { isSignedUrl } from './picture/is-signed-url.ts'
import { isImageReply, isProblem, isStartedUpload } from './reply-shapes.ts'

const image: Image = {
  id: 'a',
  uploadId: 'b',
  state: 'rejected',
  kind: 'photo',
  filename: 'beach.jpg',
  facts: 'verified',
  contentType: 'image/jpeg',
  sizeBytes: 12,
  width: 4,
  height: null,
  rung: 'direct',
  createdAt: 1,
  failure: {
    code: 'file_too_large',
    stage: 'check',
    message: 'It is too large.',
    retryAfterMs: 5,
    requestId: 'r',
    measure: { actual: 2, limit: 1 },
  },
  mine: true,
  privacy: 'private',
  can: ['view'],
  url: 'https://a.test/b',
  thumbhash: null,
}
const problem: Problem = {
  status: 503,
  title: 'Unavailable',
  detail: 'Try later.',
  code: 'circuit_open',
  stage: 'provision',
  retry: 'later',
  requestId: 'r',
  retryAfterMs: 5,
  field: 'kind',
}
const direct = { rung: 'direct', attemptId: 'c', url: 'https://a.test/b', expiresAt: 2 }
const started = { image, way: direct, rungs: ['direct', 'relay', 'park'] }

const replies = [
  ['an image', isImageReply, imageReplySchema, { image }],
  ['an image as it was', isImageReply, imageReplySchema, { image: { ...image, failure: null } }],
  ['a way to Cloudflare', isStartedUpload, startedUploadSchema, started],
  [
    'a way to our server',
    isStartedUpload,
    startedUploadSchema,
    { ...started, way: { rung: 'relay', attemptId: 'c' } },
  ],
  ['no way', isStartedUpload, startedUploadSchema, { ...started, way: null }],
  ['a list', isImageList, imageListSchema, { images: [image], nextCursor: null }],
  ['a signed URL', isSignedUrl, signedUrlSchema, { url: 'https://a.test/b', expiresAt: 2 }, 25],
  ['a problem', isProblem, problemSchema, problem],
] as const

describe.each(replies)('%s', (_, guard, schema, reply, fewest: number = 50) => {
  test('is believed', () => {
    expect(guard(reply)).toBe(true)
    expect(guard({ ...reply, newOfALaterServer: 1 })).toBe(true)
  })

  test('is believed after a change of any field just when core’s schema believes it', () => {
    const changed = [...spoil(reply)]
    expect(changed.length).toBeGreaterThan(fewest)
    for (const other of changed) {
      expect([JSON.stringify(other), guard(other)]).toEqual([
        JSON.stringify(other),
        is(schema, other),
      ])
    }
  })
})

const strangers = [null, '', 'no such word', 0, 1.5, true, [], [null], {}]

/** Everything that differs from a value in one place, at any depth: left out, or something else. */
function* spoil(value: unknown): Generator {
  yield* strangers
  if (typeof value !== 'object' || value === null) return
  for (const [key, part] of Object.entries(value)) {
    if (!Array.isArray(value)) yield leaveOut(value, key)
    for (const other of spoil(part)) {
      yield Array.isArray(value) ? value.with(Number(key), other) : { ...value, [key]: other }
    }
  }
}

function leaveOut(value: object, key: string): object {
  return Object.fromEntries(Object.entries(value).filter(([other]) => other !== key))
}
