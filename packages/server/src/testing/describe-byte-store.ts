/** What every `ByteStore` promises, as tests. Each test gets a fresh store. */
import { describe, expect, test } from 'vitest'
import type { ByteStore, StoredBytes } from '../bytes/byte-store.ts'

/** Makes an empty store. */
export type OpenByteStore = () => Promise<ByteStore>

export interface ByteStoreTraits {
  /** Makes an empty store that has room for 1,000 bytes. */
  readonly openSmall?: OpenByteStore
  /** Makes a store that cannot be reached, or not be used. */
  readonly openBroken?: OpenByteStore
  /** How many bytes it may hold of a body that it has not written yet. Not for a store that is memory itself. */
  readonly heldBytes?: number
  /** More keys than one page of its list has. @default 30 */
  readonly manyKeys?: number
}

const CHUNK_BYTES = 64 * 1024
const MAX_BYTES = 10_000_000
const limits = { maxBytes: MAX_BYTES }

export function describeByteStore(
  name: string,
  openStore: OpenByteStore,
  { openSmall, openBroken, heldBytes, manyKeys = 30 }: ByteStoreTraits = {},
): void {
  async function setUp() {
    return { store: await openStore(), key: crypto.randomUUID() }
  }

  /** A store that has the bytes `before`, with a key for others. */
  async function setUpKept() {
    const { store, key } = await setUp()
    await store.put(key, toBody('before'), limits)
    return { store, key, other: crypto.randomUUID() }
  }

  /** Nothing of a put that failed is left: neither under a new key nor where something was. */
  async function expectUntouched({ store, key, other }: Awaited<ReturnType<typeof setUpKept>>) {
    expect(await store.open(other)).toBeUndefined()
    expect(await readText(store, key)).toBe('before')
    expect(await listAll(store)).toMatchObject([{ key, sizeBytes: 6 }])
  }

  describe(name, () => {
    test('answers the bytes that were put, and their number', async () => {
      const { store, key } = await setUp()
      expect(await store.put(key, toBody('bytes ', 'as they', ' are'), limits)).toEqual({
        sizeBytes: 17,
      })
      const blob = await store.open(key)
      expect(blob?.size).toBe(17)
      expect(await blob?.text()).toBe('bytes as they are')
    })

    test('keeps bytes of every size and value', async () => {
      const { store } = await setUp()
      for (const sizeBytes of [0, 1, 65_535, 5 * 1024 * 1024, 5 * 1024 * 1024 + 1, MAX_BYTES]) {
        const key = crypto.randomUUID()
        const { body, hash } = makeBody(sizeBytes)
        expect(await store.put(key, body, limits)).toEqual({ sizeBytes })
        const bytes = await (await store.open(key))?.arrayBuffer()
        expect(bytes && toSum(new Uint8Array(bytes))).toBe(hash())
        expect(bytes?.byteLength).toBe(sizeBytes)
        await store.delete(key)
      }
    }, 60_000)

    test('reads the body once, to its end', async () => {
      const { store, key } = await setUp()
      const { body, sent, ended } = makeBody(10 * CHUNK_BYTES)
      await store.put(key, body, limits)
      expect([sent(), ended()]).toEqual([10 * CHUNK_BYTES, 'closed'])
    })

    test('does not keep a chunk whose memory is used again', async () => {
      const { store, key } = await setUp()
      const chunk = new Uint8Array(4)
      let turns = 0
      const body = new ReadableStream<Uint8Array>(
        {
          pull(controller) {
            turns += 1
            chunk.fill(turns)
            if (turns > 3) controller.close()
            else controller.enqueue(chunk)
          },
        },
        { highWaterMark: 0 },
      )
      await store.put(key, body, limits)
      const bytes = await (await store.open(key))?.arrayBuffer()
      expect([...new Uint8Array(bytes ?? new ArrayBuffer(0))]).toEqual([
        1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3,
      ])
    })

    test('shows a key only when its bytes are whole', async () => {
      const { store, key } = await setUp()
      const body = openTap()
      const putting = store.put(key, body.stream, limits)
      await body.write(new Uint8Array(200_000))
      expect(await store.open(key)).toBeUndefined()
      expect(await listAll(store)).toEqual([])
      await body.close()
      await putting
      expect(await listAll(store)).toMatchObject([{ key, sizeBytes: 200_000 }])
    })

    test('replaces what was there', async () => {
      const { store, key } = await setUpKept()
      await store.put(key, toBody('after'), limits)
      expect(await readText(store, key)).toBe('after')
      expect(await listAll(store)).toMatchObject([{ key, sizeBytes: 5 }])
    })

    test('refuses more than maxBytes, and leaves nothing of it', async () => {
      const kept = await setUpKept()
      for (const key of [kept.key, kept.other]) {
        const { body, ended } = makeBody(7 * 1024 * 1024)
        const put = kept.store.put(key, body, { maxBytes: 7 * 1024 * 1024 - 1 })
        await expect(put).rejects.toMatchObject({ code: 'file_too_large' })
        expect(ended()).toBe('cancelled')
      }
      await expectUntouched(kept)
    })

    test('takes exactly maxBytes', async () => {
      const { store, key } = await setUp()
      expect(await store.put(key, toBody('four'), { maxBytes: 4 })).toEqual({ sizeBytes: 4 })
    })

    test('rejects with the reason of a signal that aborts, and leaves nothing of it', async () => {
      const kept = await setUpKept()
      for (const key of [kept.key, kept.other]) {
        const leaving = new AbortController()
        const body = openTap()
        const putting = kept.store.put(key, body.stream, { ...limits, signal: leaving.signal })
        const refused = expect(putting).rejects.toThrow('Gone.')
        await body.write(new Uint8Array(6 * 1024 * 1024))
        leaving.abort(new Error('Gone.'))
        await refused
        expect(body.cancelled()).toBe(true)
      }
      await expectUntouched(kept)
    })

    test('rejects at once if the signal has aborted before', async () => {
      const kept = await setUpKept()
      const { body, sent, ended } = makeBody(CHUNK_BYTES)
      const signal = AbortSignal.abort(new Error('Gone.'))
      await expect(kept.store.put(kept.key, body, { ...limits, signal })).rejects.toThrow('Gone.')
      expect([sent(), ended()]).toEqual([0, 'cancelled'])
      await expectUntouched(kept)
    })

    test('rejects with the body’s own error, and leaves nothing of it', async () => {
      const kept = await setUpKept()
      for (const key of [kept.key, kept.other]) {
        const broken = new Error('The line is dead.')
        const body = makeBody(6 * 1024 * 1024, broken).body
        await expect(kept.store.put(key, body, limits)).rejects.toBe(broken)
      }
      await expectUntouched(kept)
    })

    test('answers undefined for a key that is not there', async () => {
      const { store, key } = await setUp()
      expect(await store.open(key)).toBeUndefined()
    })

    test('lets bytes be read any number of times, whole and in part', async () => {
      const { store, key } = await setUpKept()
      const blob = await store.open(key)
      expect(await Promise.all([blob?.text(), blob?.text()])).toEqual(['before', 'before'])
      expect(await blob?.slice(2, 4).text()).toBe('fo')
      expect(await blob?.text()).toBe('before')
      const form = new FormData()
      if (blob) form.set('file', blob, 'a.png')
      const sent = await new Response(form).arrayBuffer()
      expect(new TextDecoder().decode(sent)).toContain('before')
    })

    test('keeps opened bytes readable while they are replaced, again and again', async () => {
      const { store, key } = await setUpKept()
      const opened: (Blob | undefined)[] = []
      for (const text of ['second', 'third', 'fourth']) {
        opened.push(await store.open(key))
        await store.put(key, toBody(text), limits)
      }
      const texts = await Promise.all(opened.map(async (blob) => blob?.text()))
      expect(texts).toEqual(['before', 'second', 'third'])
      expect(await readText(store, key)).toBe('fourth')
      expect(await listAll(store)).toHaveLength(1)
    })

    test('keeps opened bytes readable that are being read while they are replaced', async () => {
      const { store, key } = await setUp()
      const first = makeBody(3_000_000)
      await store.put(key, first.body, limits)
      const blob = await store.open(key)
      const reader = blob?.stream().getReader()
      const start = await reader?.read()
      await store.put(key, makeBody(3_000_000).body, limits)
      const chunks = [start?.value ?? new Uint8Array()]
      for (;;) {
        const next = await reader?.read()
        if (!next?.value) break
        chunks.push(next.value)
      }
      const whole = new Uint8Array(await new Blob(chunks).arrayBuffer())
      expect(toSum(whole)).toBe(first.hash())
    })

    test('forgets a key that is deleted, and no other', async () => {
      const { store, key, other } = await setUpKept()
      await store.put(other, toBody('stays'), limits)
      await store.open(key)
      await store.delete(key)
      expect(await store.open(key)).toBeUndefined()
      expect(await listAll(store)).toMatchObject([{ key: other }])
      expect(await readText(store, other)).toBe('stays')
    })

    test('succeeds to delete a key that is not there', async () => {
      const { store, key } = await setUp()
      await store.delete(key)
      await store.put(key, toBody('a'), limits)
      await store.delete(key)
      await store.delete(key)
      expect(await listAll(store)).toEqual([])
    })

    test('lists every key once, with its size and time', async () => {
      const { store } = await setUp()
      const before = Date.now()
      const keys = Array.from({ length: manyKeys }, () => crypto.randomUUID())
      for (let at = 0; at < keys.length; at += 25) {
        const some = keys.slice(at, at + 25)
        await Promise.all(some.map((key) => store.put(key, toBody('abc'), limits)))
      }
      const listed = await listAll(store)
      expect(listed.map(({ key }) => key).toSorted()).toEqual(keys.toSorted())
      expect(new Set(listed.map(({ sizeBytes }) => sizeBytes))).toEqual(new Set([3]))
      // Some stores count in seconds.
      for (const { storedAt } of listed) {
        expect(storedAt).toBeGreaterThan(before - 2000)
        expect(storedAt).toBeLessThan(Date.now() + 2000)
      }
    }, 60_000)

    test('lists nothing if it has nothing', async () => {
      expect(await listAll(await openStore())).toEqual([])
    })

    test('takes 50 bodies at once, each whole', async () => {
      const { store } = await setUp()
      const bodies = Array.from({ length: 50 }, (_, at) => ({
        key: crypto.randomUUID(),
        ...makeBody(100_000 + at),
      }))
      await Promise.all(bodies.map(({ key, body }) => store.put(key, body, limits)))
      for (const { key, hash } of bodies) {
        const bytes = await (await store.open(key))?.arrayBuffer()
        expect(bytes && toSum(new Uint8Array(bytes))).toBe(hash())
      }
    }, 20_000)

    test('of many bodies for one key at once, one stays, whole', async () => {
      const { store, key } = await setUp()
      const bodies = Array.from({ length: 20 }, () => makeBody(200_000))
      await Promise.all(bodies.map(({ body }) => store.put(key, body, limits)))
      const bytes = await (await store.open(key))?.arrayBuffer()
      expect(bodies.map(({ hash }) => hash())).toContain(bytes && toSum(new Uint8Array(bytes)))
      expect(await listAll(store)).toMatchObject([{ key, sizeBytes: 200_000 }])
    })

    if (heldBytes !== undefined) {
      test(`reads no more than ${heldBytes} bytes ahead of what it has written`, async () => {
        const { store, key } = await setUp()
        const { body, sent } = makeBody(MAX_BYTES)
        const leaving = new AbortController()
        const putting = store.put(key, body, { ...limits, signal: leaving.signal })
        const refused = expect(putting).rejects.toThrow('Enough.')
        // It is still busy with the first of it: no engine writes within a few turns of the microtask queue.
        for (let turn = 0; turn < 1000; turn += 1) await Promise.resolve()
        const ahead = sent()
        leaving.abort(new Error('Enough.'))
        await refused
        expect(ahead).toBeLessThanOrEqual(heldBytes)
      })
    }

    if (openSmall) {
      test('rejects with storage_full if there is no room, and leaves nothing of it', async () => {
        const store = await openSmall()
        const [key, other] = [crypto.randomUUID(), crypto.randomUUID()]
        await store.put(key, toBody('before'), limits)
        const { body, ended } = makeBody(6 * 1024 * 1024)
        await expect(store.put(other, body, limits)).rejects.toMatchObject({ code: 'storage_full' })
        expect(ended()).not.toBe('open')
        await expectUntouched({ store, key, other })
      })

      test('has room again when something is deleted', async () => {
        const store = await openSmall()
        const [key, other] = [crypto.randomUUID(), crypto.randomUUID()]
        await store.put(key, toBody('x'.repeat(900)), limits)
        const put = () => store.put(other, toBody('y'.repeat(900)), limits)
        await expect(put()).rejects.toMatchObject({ code: 'storage_full' })
        await store.open(key)
        await store.delete(key)
        expect(await put()).toEqual({ sizeBytes: 900 })
      })

      test('never holds more than it may, however many put at once', async () => {
        const store = await openSmall()
        const puts = Array.from({ length: 20 }, () =>
          store.put(crypto.randomUUID(), toBody('z'.repeat(150), 'z'.repeat(150)), limits),
        )
        const ends = await Promise.allSettled(puts)
        const refused = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []))
        expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(['storage_full']))
        const sizes = (await listAll(store)).map(({ sizeBytes }) => sizeBytes)
        expect(sizes).toHaveLength(20 - refused.length)
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(1000)
      })
    }

    if (openBroken) {
      test('tells other troubles as store_unavailable', async () => {
        const store = await openBroken()
        const key = crypto.randomUUID()
        const unavailable = { name: 'ImagesError', code: 'store_unavailable' }
        const { body, ended } = makeBody(CHUNK_BYTES)
        await expect(store.put(key, body, limits)).rejects.toMatchObject(unavailable)
        expect(ended()).not.toBe('open')
        await expect(store.open(key)).rejects.toMatchObject(unavailable)
        await expect(store.delete(key)).rejects.toMatchObject(unavailable)
        await expect(listAll(store)).rejects.toMatchObject(unavailable)
      }, 20_000)
    }
  })
}

async function readText(store: ByteStore, key: string): Promise<string | undefined> {
  return (await store.open(key))?.text()
}

async function listAll(store: ByteStore): Promise<readonly StoredBytes[]> {
  const all: StoredBytes[] = []
  for await (const one of store.list()) all.push(one)
  return all
}

function toBody(...texts: readonly string[]): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    start(controller) {
      for (const text of texts) controller.enqueue(encoder.encode(text))
      controller.close()
    },
  })
}

/** A body that is made as it is asked for, and at last fails if it is to. */
function makeBody(sizeBytes: number, failure?: Error) {
  let sentBytes = 0
  let state: 'open' | 'closed' | 'cancelled' = 'open'
  let sum = 1
  let seed = crypto.getRandomValues(new Uint32Array(1))[0] ?? 1
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const chunk = new Uint8Array(Math.min(CHUNK_BYTES, sizeBytes - sentBytes))
        if (chunk.byteLength === 0) {
          state = 'closed'
          return failure ? controller.error(failure) : controller.close()
        }
        for (let at = 0; at < chunk.length; at += 1) {
          seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
          chunk[at] = seed >>> 24
        }
        sum = toSum(chunk, sum)
        sentBytes += chunk.byteLength
        controller.enqueue(chunk)
      },
      cancel() {
        state = 'cancelled'
      },
    },
    { highWaterMark: 0 },
  )
  return { body, sent: () => sentBytes, ended: () => state, hash: () => sum }
}

/** A sum that depends on every byte and its place, and can be taken piece by piece. */
function toSum(bytes: Uint8Array, start = 1): number {
  let sum = start
  for (const byte of bytes) sum = (Math.imul(sum, 31) + byte + 1) >>> 0
  return sum
}

/** A body into which the test writes. */
function openTap() {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>(
    {},
    { highWaterMark: 1 },
    { highWaterMark: 0 },
  )
  const writer = writable.getWriter()
  let cancelled = false
  writer.closed.catch(() => (cancelled = true))
  return {
    stream: readable,
    /** Resolves when the chunk was taken. */
    write: (chunk: Uint8Array) => writer.write(chunk),
    close: () => writer.close(),
    cancelled: () => cancelled,
  }
}
