/** Bytes that are still coming in when nobody wants them any more. */
import { expect, test } from 'vitest'
import { ada, makeRequest, openUploads, png } from '../test-support/open-uploads.ts'
import type { OpenUploads } from '../test-support/open-uploads.ts'

const HOUR = 3_600_000
const parks: OpenUploads = { rungs: ['park'] }

test('nothing is kept of bytes that were on their way to us when their upload was ended', async () => {
  const app = await openUploads(parks)
  const { image, way } = await app.uploads.start(ada, makeRequest())
  const sender = new TransformStream<Uint8Array, Uint8Array>()
  const writer = sender.writable.getWriter()
  const received = {
    attemptId: way?.attemptId ?? '',
    body: sender.readable,
    contentLength: png.length,
  }
  const putting = app.uploads.putBytes(ada, image.id, received)
  await writer.write(png.subarray(0, 8))
  await app.uploads.remove(ada, image.id)
  await app.runner.drain()
  await writer.write(png.subarray(8))
  await writer.close()
  expect((await putting).image.state).toBe('deleted')
  await app.pass(HOUR)
  expect(await app.kept()).toEqual([])
  expect(await app.store.jobs.list({ limit: 10 })).toEqual([])
})
