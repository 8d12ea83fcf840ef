/** Defects that were found by running Cloudflare's own client, npm `cloudflare` 7.3.0. This one must not have them. */
import { describe, expect, test } from 'vitest'
import { answer, makePicture, openAccount } from '../test-support/open-account.ts'
import type { TestAccount } from '../test-support/open-account.ts'
import { createVirtualTime } from '../test-support/virtual-time.ts'
import type { VirtualTime } from '../test-support/virtual-time.ts'

const failure = (status: number, headers: Record<string, string> = {}): Response =>
  Response.json({ success: false, errors: [], result: null }, { status, headers })

const half = (): number => 0.5

const stalled = (): Response =>
  new Response(new ReadableStream({ start: (body) => body.enqueue(new Uint8Array(1)) }))

/** A client on a clock that is moved by hand, over hand-written answers. */
function openInTime(
  fetch: (request: Request) => Promise<Response>,
): TestAccount & { time: VirtualTime } {
  const time = createVirtualTime()
  const { now, monotonic, schedule } = time
  const retry = { baseMs: 500, capMs: 8000 }
  return {
    ...openAccount({ now, monotonic, schedule, random: half, retry, fetch, batch: 'off' }),
    time,
  }
}

/** Lets time pass in small steps: a runtime may need turns of its own to read a body. */
async function pass(time: VirtualTime, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 499) {
    await new Promise((resolve) => setTimeout(resolve))
    await time.advance(Math.min(left, 499))
  }
  await new Promise((resolve) => setTimeout(resolve))
}

/** How a call stands, without waiting for it. */
function watch(call: Promise<unknown>): { end: unknown } {
  const watched: { end: unknown } = { end: 'waiting' }
  call.then(
    (value) => (watched.end = value),
    (error: unknown) => (watched.end = error),
  )
  return watched
}

describe('cloudflare 7.3.0', () => {
  test('sleeps for as long as Retry-After says; this one gives up at once when the deadline is nearer', async () => {
    const { client, sent, time } = openInTime(async () => failure(503, { 'retry-after': '3600' }))
    const watched = watch(client.images.get('a'))
    await pass(time, 0)
    expect(watched.end).toMatchObject({ code: 'host_unavailable', retryAfterMs: 3_600_000 })
    expect(sent).toHaveLength(1)
    expect(time.timers()).toBe(0)
  })

  test('comes back at once if Retry-After is 0 or over; this one keeps its own pauses', async () => {
    const past = 'Thu, 01 Jan 1970 00:00:00 GMT'
    for (const header of ['0', past]) {
      const { client, sent, time } = openInTime(async () => failure(503, { 'retry-after': header }))
      const watched = watch(client.images.get('a'))
      await pass(time, 499)
      expect(sent).toHaveLength(1)
      await pass(time, 60_000)
      expect(sent).toHaveLength(4)
      expect(watched.end).toMatchObject({ attempts: 4 })
    }
  })

  test('ignores an abort between two attempts; this one settles at once, and asks no more', async () => {
    const leaving = new AbortController()
    const { client, sent, time } = openInTime(async () => failure(503, { 'retry-after': '10' }))
    const watched = watch(client.images.get('a', { signal: leaving.signal }))
    await pass(time, 200)
    expect(watched.end).toBe('waiting')
    leaving.abort(new Error('left'))
    await pass(time, 0)
    expect(watched.end).toEqual(new Error('left'))
    await pass(time, 60_000)
    expect(sent).toHaveLength(1)
    expect(time.timers()).toBe(0)
  })

  test('waits for ever for a body that stalls; here the body is part of the attempt', async () => {
    const { client, sent, time } = openInTime(async () => stalled())
    const watched = watch(client.images.get('a'))
    await pass(time, 20_000)
    expect(watched.end).toMatchObject({ code: 'host_timed_out' })
    expect(sent.length).toBeGreaterThan(1)
    expect(time.timers()).toBe(0)
  })

  test('takes HTTP 200 with success:false for a success; here it is a failure', async () => {
    const { client } = openAccount({
      fetch: async () => Response.json({ success: false, errors: [{ code: 5404 }], result: null }),
    })
    await expect(client.images.get('a')).rejects.toMatchObject({
      code: 'not_found',
      status: 200,
      cloudflareCodes: [5404],
    })
  })

  test('sends an upload again without knowing what became of it; this one sends it once', async () => {
    const { client, emulator, sent } = openAccount({ batch: 'off' })
    emulator.faults.set([{ on: 'api-upload', effect: 'lose-reply' }])
    const upload = client.images.upload({ file: makePicture() }, { privacy: 'private' })
    await expect(upload).rejects.toMatchObject({ code: 'host_unreachable' })
    expect(sent).toEqual(['POST v1'])
    emulator.faults.clear()
    expect(await client.stats.get()).toMatchObject({ current: 1 })
  })

  test.each([409, 501])(
    'tries %i again, which cannot change; this one does not',
    async (status) => {
      const { client, sent } = openAccount({ fetch: async () => failure(status), batch: 'off' })
      await expect(client.images.get('a')).rejects.toMatchObject({ code: 'host_refused', status })
      expect(sent).toHaveLength(1)
    },
  )

  test('goes through a list without yielding anything; this one yields every image', async () => {
    const { client } = openAccount()
    await client.images.upload({ file: makePicture() }, { privacy: 'public', id: 'a' })
    await client.images.upload({ file: makePicture() }, { privacy: 'public', id: 'b' })
    const ids: string[] = []
    for await (const { id } of client.images.list()) ids.push(id)
    expect(ids.toSorted()).toEqual(['a', 'b'])
  })

  test('sends metadata as one field for each key; here it is one JSON string, as documented', async () => {
    const forms: FormData[] = []
    const { client } = openAccount({
      batch: 'off',
      async fetch(request) {
        forms.push(await request.formData())
        return answer({ id: 'a', uploadURL: 'https://upload.example/a' })
      },
    })
    const options = { privacy: 'private', metadata: { a: 1, b: { c: 'd' } } } as const
    await client.images.upload({ file: makePicture() }, options)
    await client.directUploads.create({ ...options, expiresAt: Date.now() + 1_800_000 })
    expect(forms.map((form) => form.get('metadata'))).toEqual(
      Array(2).fill('{"a":1,"b":{"c":"d"}}'),
    )
    expect(forms.flatMap((form) => [...form.keys()]).filter((key) => key.includes('['))).toEqual([])
  })

  test('puts the whole body into its message; here nothing of it is', async () => {
    const error = { code: 5500, message: 'the-words-of-cloudflare' }
    const { client } = openAccount({
      fetch: async () =>
        Response.json({ success: false, errors: [error], result: null }, { status: 400 }),
    })
    await expect(client.keys.list()).rejects.not.toThrow('the-words-of-cloudflare')
  })
})
