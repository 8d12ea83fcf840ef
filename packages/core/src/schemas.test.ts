import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { problemSchema } from './reply-schemas.ts'
import { reportFailureSchema, startUploadSchema } from './request-schemas.ts'

const start = {
  uploadId: '5f0c1c2e-8a51-4c3f-9d0a-0f6d1d1f3b11',
  kind: 'photo',
  filename: 'beach.jpg',
  contentType: 'image/jpeg',
  sizeBytes: 1,
  width: 4,
  height: 3,
}

const wrongField = (input: unknown) =>
  v.safeParse(startUploadSchema, input).issues?.map((issue) => v.getDotPath(issue))

describe('startUploadSchema', () => {
  test('takes what a browser sends', () => {
    expect(v.parse(startUploadSchema, start)).toEqual(start)
  })

  test.each([
    ['uploadId', { ...start, uploadId: '../../keys' }],
    ['kind', { ...start, kind: '' }],
    ['filename', { ...start, filename: 'x'.repeat(256) }],
    ['filename', { ...start, filename: 'a\0b.jpg' }],
    ['metadata.album', { ...start, metadata: { album: 7 } }],
    ['privacy', { ...start, privacy: 'secret' }],
    ['contentType', { ...start, contentType: 'text/html' }],
    ['sizeBytes', { ...start, sizeBytes: 0 }],
    ['sizeBytes', { ...start, sizeBytes: 1.5 }],
    ['width', { ...start, width: -1 }],
    ['creator', { ...start, creator: 'somebody else' }],
  ])('names the field %s', (field, input) => {
    expect(wrongField(input)).toEqual([field])
  })
})

test('reportFailureSchema knows no code outside the failure table', () => {
  const report = { attemptId: start.uploadId, code: 'toString', cloudflareCode: null }
  expect(v.safeParse(reportFailureSchema, report).success).toBe(false)
})

test('problemSchema reads a problem without the optional fields', () => {
  const problem = {
    status: 503,
    title: 'x',
    detail: 'y',
    code: 'circuit_open',
    stage: 'provision',
    retry: 'later',
    requestId: 'r',
  }
  expect(v.parse(problemSchema, problem)).toEqual(problem)
})
