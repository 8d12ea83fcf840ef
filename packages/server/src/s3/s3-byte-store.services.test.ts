import { AwsClient } from 'aws4fetch'
import { afterEach, describe, expect, inject, test } from 'vitest'
import { defaultSurroundings } from '../surroundings.ts'
import { describeByteStore } from '../testing/describe-byte-store.ts'
import { createS3ByteStore } from './s3-byte-store.ts'
import type { S3ByteStoreOptions } from './bucket-config.ts'
import { PART_BYTES } from './cut-into-parts.ts'

const endpoint = inject('s3Url')
const bucket = 'test-bucket'
const keys = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' }
const limits = { maxBytes: 10_000_000 }

/** In a part of the bucket that no other test has, with a name that must be written with care. */
function openStore(options: Partial<S3ByteStoreOptions> = {}) {
  const prefix = `${crypto.randomUUID()}/Ünï 100% + a=b#c?/`
  return createS3ByteStore({ endpoint, bucket, region: 'us-east-1', ...keys, prefix, ...options })
}

/** Pauses are over at once; the time for a request is as long as ever. */
const schedule: S3ByteStoreOptions['schedule'] = (run, ms) =>
  defaultSurroundings.schedule(run, ms < 10_000 ? 0 : ms)

describeByteStore('a bucket', async () => openStore(), {
  openBroken: async () => openStore({ endpoint: 'http://127.0.0.1:1', schedule }),
  heldBytes: PART_BYTES + 128 * 1024,
  manyKeys: 1010,
})

/** What is under way in the whole bucket, as the server tells it. */
async function listUploads(): Promise<string> {
  const client = new AwsClient({ ...keys, service: 's3', region: 'us-east-1' })
  const reply = await client.fetch(`${endpoint}/${bucket}?uploads=`)
  expect(reply.status).toBe(200)
  return reply.text()
}

afterEach(async () => {
  expect(await listUploads()).toBe('')
})

function makeBody(sizeBytes: number, failure?: Error): ReadableStream<Uint8Array> {
  let left = sizeBytes
  return new ReadableStream({
    pull(controller) {
      const chunk = new Uint8Array(Math.min(left, 100_000)).fill(7)
      left -= chunk.byteLength
      if (chunk.byteLength > 0) return controller.enqueue(chunk)
      if (failure) controller.error(failure)
      else controller.close()
    },
  })
}

describe('an upload in parts', () => {
  test('is under way until it is complete, and then is one object', async () => {
    const store = openStore()
    const key = crypto.randomUUID()
    const seen: string[] = []
    const body = makeBody(9_000_000).pipeThrough(
      new TransformStream({
        async transform(chunk, controller) {
          if (seen.length < 80) seen.push(await listUploads())
          controller.enqueue(chunk)
        },
      }),
    )
    await store.put(key, body, limits)
    expect(seen.filter((uploads) => uploads !== '').length).toBeGreaterThan(0)
    expect((await store.open(key))?.size).toBe(9_000_000)
  }, 20_000)

  test('is aborted when its body breaks off, so that no parts stay behind', async () => {
    const store = openStore()
    const put = store.put(crypto.randomUUID(), makeBody(7_000_000, new Error('Gone.')), limits)
    await expect(put).rejects.toThrow('Gone.')
  })

  test('is aborted when it is too large', async () => {
    const store = openStore()
    const put = store.put(crypto.randomUUID(), makeBody(7_000_000), { maxBytes: 6_000_000 })
    await expect(put).rejects.toMatchObject({ code: 'file_too_large' })
  })

  test('is aborted when the bucket stops answering in the middle', async () => {
    const store = openStore({
      schedule,
      fetch: async (request) =>
        request.url.includes('partNumber=2') ? new Response(null, { status: 503 }) : fetch(request),
    })
    const put = store.put(crypto.randomUUID(), makeBody(7_000_000), limits)
    await expect(put).rejects.toMatchObject({ code: 'store_unavailable' })
  })
})

describe('what may be kept', () => {
  test('is no more than Cloudflare takes, since it could not be opened again', async () => {
    const put = openStore().put(crypto.randomUUID(), makeBody(10_000_001), { maxBytes: Infinity })
    await expect(put).rejects.toMatchObject({ code: 'file_too_large' })
  })

  test('has any key that an address can carry', async () => {
    const store = openStore()
    for (const key of ['a', 'a b/c+d', 'ü%2F', '100%', '!()*~']) {
      await store.put(key, new Blob([key]).stream(), limits)
      expect(await (await store.open(key))?.text()).toBe(key)
    }
    const listed: string[] = []
    for await (const { key } of store.list()) listed.push(key)
    expect(listed.toSorted()).toEqual(['!()*~', '100%', 'a', 'a b/c+d', 'ü%2F'])
    for (const key of ['', '..', '.', 'a/../../b', 'a/.']) {
      await expect(store.open(key)).rejects.toThrow(TypeError)
    }
  })

  test('is only what is below the prefix: two stores of one bucket know nothing of each other', async () => {
    const [one, other] = [openStore(), openStore()]
    await one.put('a', new Blob(['a']).stream(), limits)
    expect(await other.open('a')).toBeUndefined()
    for await (const { key } of other.list()) expect(key).toBeUndefined()
  })
})

describe('a bucket that refuses', () => {
  test('tells a wrong secret as what it is, without the secret', async () => {
    const store = openStore({ secretAccessKey: 'wrong-secret' })
    const error = await store.open('a').catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({
      code: 'store_unavailable',
      status: 403,
      message: 'The bucket refused open (403 SignatureDoesNotMatch).',
    })
    expect(JSON.stringify(error)).not.toMatch(/wrong-secret|S3RVER|AWS4/)
  })

  test('tells a bucket that is not there from an object that is not there', async () => {
    const store = openStore({ bucket: 'no-such-bucket' })
    await expect(store.open('a')).rejects.toMatchObject({
      code: 'store_unavailable',
      message: 'The bucket refused open (404 NoSuchBucket).',
    })
  })
})
