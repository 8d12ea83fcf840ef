import { describe, expect, test } from 'vitest'
import { createVirtualTime } from '../test-support/virtual-time.ts'
import type { S3ByteStoreOptions } from './bucket-config.ts'
import { createS3ByteStore } from './s3-byte-store.ts'

const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const account = {
  endpoint: 'https://s3.eu-central-1.amazonaws.com',
  bucket: 'kept',
  region: 'eu-central-1',
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: secret,
}
const limits = { maxBytes: 10_000_000 }

/** A bucket that answers as a test says, over a clock that the test moves. */
function setUp(
  answer: (request: Request, at: number) => Response | Promise<Response>,
  options: Partial<S3ByteStoreOptions> = {},
) {
  const time = createVirtualTime()
  const asked: Request[] = []
  const store = createS3ByteStore({
    ...account,
    now: () => 1_795_000_000_000,
    random: () => 0.5,
    schedule: time.schedule,
    async fetch(request) {
      asked.push(request)
      return answer(request, asked.length)
    },
    ...options,
  })
  /** Lets so much time pass for what is asked of it, and tells how it ended. */
  async function run<Result>(work: Promise<Result>, ms = 5000): Promise<Result | undefined> {
    const state = { isOver: false }
    const end = (): void => void (state.isOver = true)
    work.then(end, end)
    await waitForTurns()
    for (let passed = 0; !state.isOver && passed < ms; passed += 100) {
      await time.advance(100)
      await waitForTurns()
    }
    expect(time.timers()).toBe(0)
    return work
  }
  const lines = () => asked.map(({ method, url }) => `${method} ${new URL(url).pathname}`)
  return { store, asked, lines, run, time }
}

/** Signing is a chain of steps in other threads, so this waits for as many of the same kind, and more. */
async function waitForTurns(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await crypto.subtle.digest('SHA-256', new Uint8Array(1))
  await new Promise((resolve) => setTimeout(resolve, 0))
}

function noop(): void {}

const toBody = (text: string) => new Blob([text]).stream()
const refuse = (status: number, code: string) =>
  new Response(
    `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${secret}</Message><StringToSign>AWS4</StringToSign></Error>`,
    { status },
  )

describe('a request', () => {
  test('is signed with its body, by the clock that is handed in, and follows no redirect', async () => {
    const { store, asked, run } = setUp(() => new Response(null, { status: 200 }))
    await run(store.put('a/b c', toBody('hello'), limits))
    const [request] = asked
    expect(request?.url).toBe('https://s3.eu-central-1.amazonaws.com/kept/a/b%20c')
    expect(request?.redirect).toBe('manual')
    expect(Object.fromEntries(request?.headers ?? [])).toMatchObject({
      'x-amz-date': '20261118T110640Z',
      'x-amz-content-sha256': '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',
      authorization: expect.stringContaining(
        'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20261118/eu-central-1/s3/aws4_request',
      ),
    })
    expect(await request?.text()).toBe('hello')
  })

  test('that may be repeated is sent up to three times, after a pause', async () => {
    const { store, lines, run } = setUp((_, at) =>
      at < 3 ? refuse(503, 'SlowDown') : new Response(null, { status: 200 }),
    )
    expect(await run(store.put('a', toBody('x'), limits))).toEqual({ sizeBytes: 1 })
    expect(lines()).toEqual(['PUT /kept/a', 'PUT /kept/a', 'PUT /kept/a'])
  })

  test('that still fails then is told as it failed', async () => {
    const { store, asked, run } = setUp(() => refuse(503, 'SlowDown'))
    await expect(run(store.put('a', toBody('x'), limits))).rejects.toMatchObject({
      code: 'store_unavailable',
      status: 503,
      message: 'The bucket refused put (503 SlowDown).',
    })
    expect(asked).toHaveLength(3)
  })

  test('that is refused in order is not repeated', async () => {
    const { store, asked, run } = setUp(() => refuse(403, 'AccessDenied'))
    await expect(run(store.delete('a'))).rejects.toMatchObject({ code: 'store_unavailable' })
    expect(asked).toHaveLength(1)
  })

  test('that begins or completes an upload is never repeated, since a lost answer may have done it', async () => {
    const begin = setUp(() => refuse(500, 'InternalError'))
    const put = begin.store.put('a', makeLarge(), limits)
    await expect(begin.run(put)).rejects.toMatchObject({ status: 500 })
    expect(begin.lines()).toEqual(['POST /kept/a'])
  })

  test('is given up after its time, and aborted', async () => {
    const { store, asked, run } = setUp(() => new Promise<never>(noop), { timeoutMs: 1000 })
    await expect(run(store.open('a'), 9000)).rejects.toMatchObject({
      code: 'store_unavailable',
      message: 'The bucket did not finish answering open within 1000 ms.',
    })
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, true, true])
  })

  test('is aborted when its caller leaves, and not repeated', async () => {
    const leaving = new AbortController()
    const { store, asked, time } = setUp(() => {
      leaving.abort(new Error('Gone.'))
      return new Promise<never>(noop)
    })
    const put = store.put('a', toBody('x'), { ...limits, signal: leaving.signal })
    await expect(put).rejects.toThrow('Gone.')
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([true])
    expect(time.timers()).toBe(0)
  })
})

describe('an upload in parts', () => {
  test('names its parts when it is complete', async () => {
    const { store, asked, run } = setUp(
      (request) => takePart(request) ?? new Response('<CompleteMultipartUploadResult/>'),
    )
    expect(await run(store.put('a', makeLarge(), limits))).toEqual({ sizeBytes: 6_000_000 })
    const [, , , complete] = asked
    expect(complete?.url).toContain('?uploadId=u%261')
    expect(await complete?.text()).toBe(
      '<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>&#34;e&#34;</ETag></Part><Part><PartNumber>2</PartNumber><ETag>&#34;e&#34;</ETag></Part></CompleteMultipartUpload>',
    )
  })

  test('has failed if the bucket says so after it said 200, and is aborted', async () => {
    const { store, asked, run } = setUp(
      (request) => takePart(request) ?? refuse(200, 'InternalError'),
    )
    await expect(run(store.put('a', makeLarge(), limits))).rejects.toMatchObject({
      code: 'store_unavailable',
    })
    expect(asked.map(({ method }) => method)).toEqual(['POST', 'PUT', 'PUT', 'POST', 'DELETE'])
    expect(asked.at(-1)?.url).toBe('https://s3.eu-central-1.amazonaws.com/kept/a?uploadId=u%261')
  })

  test('that cannot be aborted tells why it failed all the same, and soon', async () => {
    const { store, run } = setUp((request) => {
      if (request.method === 'DELETE') return new Promise<never>(noop)
      return takePart(request) ?? refuse(403, 'AccessDenied')
    })
    await expect(run(store.put('a', makeLarge(), limits), 11_000)).rejects.toMatchObject({
      message: 'The bucket refused put (complete) (403 AccessDenied).',
    })
  })
})

describe('an answer', () => {
  test.each([
    [507, 'XMinioStorageFull'],
    [403, 'QuotaExceeded'],
    [400, 'XMinioAdminBucketQuotaExceeded'],
  ])('%i %s means that there is no room', async (status, code) => {
    const { store, run } = setUp(() => refuse(status, code))
    await expect(run(store.put('a', toBody('x'), limits))).rejects.toMatchObject({
      code: 'storage_full',
    })
  })

  test('that has no end is not read to its end', async () => {
    const { store, run } = setUp(() => new Response(makeEndless()))
    await expect(run(store.open('a'))).rejects.toMatchObject({
      message: 'The bucket answered open with over 10000000 bytes.',
    })
  })

  test('that is cut off is no answer', async () => {
    const { store, asked, run } = setUp((_, at) => {
      const text = at === 1 ? 'hel' : 'hello'
      return new Response(text, { headers: { 'content-length': '5' } })
    })
    expect(await (await run(store.open('a')))?.text()).toBe('hello')
    expect(asked).toHaveLength(2)
  })

  test('tells of an object that is not there, and of nothing else', async () => {
    const missing = setUp(() => refuse(404, 'NoSuchKey'))
    expect(await missing.run(missing.store.open('a'))).toBeUndefined()
    await missing.run(missing.store.delete('a'))
    const lost = setUp(() => new Response('<html>Not here</html>', { status: 404 }))
    await expect(lost.run(lost.store.open('a'))).rejects.toMatchObject({
      code: 'store_unavailable',
      message: 'The bucket refused open (404).',
    })
  })
})

describe('a list', () => {
  test('goes on from page to page, and reads names as AWS and as others write them', async () => {
    const rig = setUp(
      (_, at) =>
        at === 1
          ? toPage(
              `<IsTruncated>true</IsTruncated><NextContinuationToken>1/a+&amp;=</NextContinuationToken><EncodingType>url</EncodingType>${toObject('p%2Fa+b%26')}`,
            )
          : toPage(`<IsTruncated>false</IsTruncated>${toObject('p/c&amp;d&#x27;')}`),
      { prefix: 'p/' },
    )
    expect(await rig.run(listAll(rig))).toEqual(['a b&', "c&d'"])
    expect(rig.asked.map(({ url }) => new URL(url).search)).toEqual([
      '?encoding-type=url&list-type=2&max-keys=1000&prefix=p%2F',
      '?continuation-token=1%2Fa%2B%26%3D&encoding-type=url&list-type=2&max-keys=1000&prefix=p%2F',
    ])
  })

  test.each([
    ['no list', '<html></html>', 'did not answer a list'],
    ['a list that does not go on', '<IsTruncated>true</IsTruncated>', 'where its list goes on'],
    [
      'a list that goes round',
      '<IsTruncated>true</IsTruncated><NextContinuationToken>a</NextContinuationToken>',
      'the same page again',
    ],
    ['an object without a size', '<Contents><Key>a</Key></Contents>', 'without name, size or date'],
  ])('that is %s is refused', async (_, inside, message) => {
    const rig = setUp(() => (inside.startsWith('<html>') ? new Response(inside) : toPage(inside)))
    await expect(rig.run(listAll(rig))).rejects.toThrow(message)
  })
})

describe('secrets', () => {
  test('are in no error, whatever the bucket or the network says', async () => {
    const ends: unknown[] = []
    const answers = [
      () => refuse(403, 'SignatureDoesNotMatch'),
      () => refuse(403, secret),
      () => Promise.reject(new TypeError('fetch failed')),
    ]
    for (const answer of answers) {
      const { store, run } = setUp(answer)
      ends.push(await run(store.open('a')).catch((error: unknown) => error))
    }
    const told = ends.map((error) => `${String(error)} ${JSON.stringify(error)}`).join()
    expect(told).toContain('SignatureDoesNotMatch')
    expect(told).not.toMatch(/wJalr|AKIA|AWS4|Signature=/)
  })

  test.each<[string, Partial<S3ByteStoreOptions>]>([
    ['endpoint', { endpoint: `https://ada:${secret}@s3.example` }],
    ['endpoint', { endpoint: 'nowhere' }],
    ['bucket', { bucket: 'a/../b' }],
    ['region', { region: '' }],
    ['accessKeyId', { accessKeyId: '' }],
    ['secretAccessKey', { secretAccessKey: `${secret}\n` }],
    ['prefix', { prefix: '/a' }],
    ['timeoutMs', { timeoutMs: 0 }],
  ])('are not repeated when %s is refused', (name, options) => {
    const create = () => createS3ByteStore({ ...account, ...options })
    expect(create).toThrow(name)
    expect(create).not.toThrow(/wJalr/)
  })
})

/** More than one part. */
function makeLarge(): ReadableStream<Uint8Array> {
  return new Blob([new Uint8Array(6_000_000)]).stream()
}

function makeEndless(): ReadableStream<Uint8Array> {
  return new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(1_000_000)) })
}

/** Answers all of an upload in parts but its completion. */
function takePart({ method, url }: Request): Response | undefined {
  if (url.includes('uploads=')) {
    const begun =
      '<InitiateMultipartUploadResult><UploadId>u&amp;1</UploadId></InitiateMultipartUploadResult>'
    return new Response(begun)
  }
  if (method === 'PUT') return new Response(null, { headers: { etag: '"e"' } })
  return method === 'DELETE' ? new Response(null, { status: 204 }) : undefined
}

function toPage(inside: string): Response {
  const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/'
  return new Response(`<ListBucketResult xmlns="${namespace}">${inside}</ListBucketResult>`)
}

function toObject(key: string): string {
  return `<Contents><Key>${key}</Key><LastModified>2026-11-18T11:06:40.000Z</LastModified><ETag>&quot;e&quot;</ETag><Size>3</Size><StorageClass>STANDARD</StorageClass></Contents>`
}

async function listAll({ store }: Pick<ReturnType<typeof setUp>, 'store'>) {
  const keys: string[] = []
  for await (const { key } of store.list()) keys.push(key)
  return keys
}
