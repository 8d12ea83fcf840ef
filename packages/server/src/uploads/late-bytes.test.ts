/** Bytes that are still coming in when nobody wants them any more. */
import { expect, test } from 'vitest'
import { ada, makeRequest, openUploads, png, toStream } from '../test-support/open-uploads.ts'
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

test('a sender whose lease was lost takes nothing away from the one who has it now', async () => {
  const timers: (() => void)[] = []
  const schedule = (run: () => void, ms: number): (() => void) => {
    if (ms === 20_000) timers.push(run)
    return () => undefined
  }
  const app = await openUploads({ ...parks, schedule })
  const { image, way } = await app.uploads.start(ada, makeRequest())
  const sender = new TransformStream<Uint8Array, Uint8Array>()
  const received = { attemptId: way?.attemptId ?? '', contentLength: png.length }
  const frozen = app.uploads.putBytes(ada, image.id, { ...received, body: sender.readable })
  await sender.writable.getWriter().write(png.subarray(0, 8))
  await app.pass(61_000)
  const other = app.uploads.putBytes(ada, image.id, { ...received, body: toStream(png) })
  expect((await other).image.state).toBe('parked')
  await app.store.leases.take(`bytes:${image.id}`, 'a third', 60_000)
  timers.forEach((renew) => renew())
  await expect(frozen).rejects.toMatchObject({ code: 'upload_conflict' })
  expect(await app.kept()).toEqual([image.id])
  await app.pass(1000)
  expect((await app.uploads.status(ada, image.id)).image.state).toBe('ready')
})
