import { ImagesError } from '@lightfast/core'
import type { FailureCode } from '@lightfast/core'
import { expect, test } from 'vitest'
import type { Decision, ImageFacts, PolicyEngine } from '../access/policy-engine.ts'
import { createMemoryRenditionCache } from '../delivery/memory-rendition-cache.ts'
import { createMemoryStore } from '../stores/memory/create-memory-store.ts'
import { png } from '../test-support/open-uploads.ts'
import { createVirtualTime, settle } from '../test-support/virtual-time.ts'
import { beside, sampleRecord } from '../testing/store-samples.ts'
import type { ImageRecord } from '../uploads/record.ts'
import type { ImagesStore } from '../uploads/store.ts'
import { createAvatars } from './create-avatars.ts'
import type { AvatarsOptions } from './create-avatars.ts'
import type { FetchedPicture } from '../delivery/fetch-picture.ts'
import type { Picture } from './picture.ts'

const viewer = { id: 'viewer' }
const picture: FetchedPicture = { bytes: png, contentType: 'image/png' }
const allowed: Decision = { allowed: true, by: 'test', obligations: [] }
const never = () => new Promise<never>(() => undefined)

interface Rig {
  source: () => Promise<FetchedPicture>
  decision: (image: ImageFacts) => Promise<Decision>
  records: ImagesStore['records']
}

/** Avatars on a clock that a test moves by hand: `source`, `decision` and `records` can be changed on the way. */
async function setUp(options: Partial<AvatarsOptions> = {}) {
  const time = createVirtualTime()
  const store = createMemoryStore({ now: time.now })
  const asked: string[] = []
  const rig: Rig = {
    source: async () => picture,
    decision: async () => allowed,
    records: store.records,
  }
  const policy: PolicyEngine = {
    check: (_, __, image) => rig.decision(image),
    scope: async () => [],
  }
  const records: ImagesStore['records'] = {
    ...store.records,
    list: (query) => rig.records.list(query),
  }
  const avatars = createAvatars({
    store: { records },
    policy,
    source(record) {
      asked.push(record.id)
      return rig.source()
    },
    cache: createMemoryRenditionCache(),
    nameOf: (id) => `${id} Lovelace`,
    now: time.now,
    schedule: time.schedule,
    ...options,
  })
  const read = async (userId = 'ada'): Promise<Picture> => {
    const reading = avatars.read(viewer, userId)
    await time.advance(150)
    return Promise.race([reading, settle().then(() => Promise.reject(new Error('too late')))])
  }
  return { rig, time, store, asked, avatars, read, upload }

  async function upload(changes: Partial<ImageRecord> = {}): Promise<ImageRecord> {
    const ready = { kind: 'avatar', state: 'ready', cloudflareId: crypto.randomUUID() } as const
    const record = sampleRecord({ ...ready, createdAt: time.now(), ...changes })
    return (await store.records.create(record, beside)).record
  }
}

const show = ({ tier, ageMs, reason }: Picture) => ({ tier, ageMs, reason })
const fail = (code: FailureCode) => () => Promise.reject(new ImagesError(code, 'No.'))

test('shows the newest ready avatar, fetched once and then kept', async () => {
  const { read, upload, asked, time } = await setUp()
  await upload({ createdAt: 1 })
  const newest = await upload({ createdAt: 2 })
  await upload({ createdAt: 3, state: 'delivered' })
  await upload({ createdAt: 4, kind: 'photo' })
  await upload({ createdAt: 5, ownerId: 'bob' })
  const first = await read()
  expect(first).toMatchObject({ ...picture, tier: 'fresh', reason: null })
  await time.advance(1000)
  expect(show(await read())).toEqual({ tier: 'fresh', ageMs: 1150, reason: null })
  expect(asked).toEqual([newest.id])
})

test('fetches once for all who ask at the same time', async () => {
  const { avatars, upload, asked, time } = await setUp()
  await upload()
  const reading = Promise.all(Array.from({ length: 50 }, () => avatars.read(viewer, 'ada')))
  await time.advance(150)
  expect((await reading).map(({ tier }) => tier)).toEqual(Array(50).fill('fresh'))
  expect(asked).toHaveLength(1)
})

test('shows what is old at once, and fetches it anew meanwhile', async () => {
  const { read, upload, asked, rig, time, avatars } = await setUp()
  await upload()
  await read()
  await time.advance(300_000)
  rig.source = never
  const stale = await avatars.read(viewer, 'ada')
  expect(show(stale)).toEqual({ tier: 'stale', ageMs: 300_150, reason: 'revalidating' })
  await read()
  expect(asked).toHaveLength(2)
})

test('shows what is old while the host fails, says why, and asks it only now and then', async () => {
  const { read, upload, asked, rig, time } = await setUp()
  await upload()
  await read()
  await time.advance(300_000)
  rig.source = fail('circuit_open')
  await read()
  expect(show(await read())).toMatchObject({ tier: 'stale', reason: 'circuit-open' })
  expect(asked).toHaveLength(2)
  await time.advance(5000)
  rig.source = async () => picture
  expect((await read()).tier).toBe('stale')
  expect(show(await read())).toMatchObject({ tier: 'fresh', reason: null })
  expect(asked).toHaveLength(3)
})

test.each<[FailureCode, string]>([
  ['host_unavailable', 'host-failed'],
  ['circuit_open', 'circuit-open'],
  ['host_timed_out', 'timed-out'],
  ['client_busy', 'busy'],
])('shows what was last seen however old it is when the host fails: %s', async (code, reason) => {
  const { read, upload, rig, time } = await setUp()
  await upload()
  await read()
  await time.advance(100 * 86_400_000)
  rig.source = fail(code)
  expect(show(await read())).toMatchObject({ tier: 'last-good', reason })
})

test('waits for a new copy of what is too old, and shows that', async () => {
  const { read, upload, time } = await setUp()
  await upload()
  await read()
  await time.advance(100 * 86_400_000)
  expect(show(await read())).toMatchObject({ tier: 'fresh', ageMs: 0 })
})

test('shows the avatar before while the newest cannot be had', async () => {
  const { read, upload, rig } = await setUp()
  await upload({ createdAt: 1 })
  await read()
  await upload({ createdAt: 2 })
  rig.source = never
  expect(show(await read())).toMatchObject({ tier: 'last-good', reason: 'timed-out' })
})

test('does not show an earlier avatar that was deleted', async () => {
  const { read, upload, rig, store } = await setUp()
  const earlier = await upload({ createdAt: 1 })
  await read()
  await upload({ createdAt: 2 })
  await store.records.move(earlier, 'deleted', { beside })
  rig.source = never
  expect((await read()).tier).toBe('placeholder')
})

test('does not show an earlier avatar that may not be seen any more', async () => {
  const { read, upload, rig } = await setUp()
  const earlier = await upload({ createdAt: 1 })
  await read()
  await upload({ createdAt: 2 })
  rig.source = never
  rig.decision = async ({ id }) => (id === earlier.id ? { allowed: false, by: 'test' } : allowed)
  expect(show(await read())).toMatchObject({ tier: 'placeholder', reason: 'timed-out' })
})

test('does not wait past the budget for a host that stalls, and keeps what arrives later', async () => {
  const { read, upload, rig, asked, time } = await setUp()
  await upload()
  const { promise, resolve } = Promise.withResolvers<FetchedPicture>()
  rig.source = () => promise
  expect(show(await read())).toEqual({ tier: 'placeholder', ageMs: null, reason: 'timed-out' })
  resolve(picture)
  await time.advance(0)
  expect((await read()).tier).toBe('fresh')
  expect(asked).toHaveLength(1)
})

test('gives up a fetch that never ends, so that it can be tried again', async () => {
  const { read, upload, rig, time } = await setUp()
  await upload()
  rig.source = never
  await read()
  await time.advance(10_000)
  expect((await read()).reason).toBe('timed-out')
  rig.source = async () => picture
  await time.advance(5000)
  expect((await read()).tier).toBe('fresh')
})

test.each<[string, (rig: Rig) => void]>([
  ['the store fails', (rig) => (rig.records = { ...rig.records, list: fail('store_unavailable') })],
  ['the store stalls', (rig) => (rig.records = { ...rig.records, list: never })],
  ['the policy stalls', (rig) => (rig.decision = never)],
])('shows a placeholder with initials though a picture is kept, when %s', async (_, harm) => {
  const { read, upload, rig } = await setUp()
  await upload()
  await read()
  harm(rig)
  const seen = await read()
  expect(show(seen)).toEqual({ tier: 'placeholder', ageMs: null, reason: 'undecided' })
  expect(new TextDecoder().decode(seen.bytes)).toContain('>AL<')
})

test('a right that is taken back is gone at once, whatever is kept', async () => {
  const { read, upload, rig } = await setUp()
  await upload()
  expect((await read()).tier).toBe('fresh')
  rig.decision = async () => ({ allowed: false, by: 'no-grant' })
  expect(show(await read())).toEqual({ tier: 'placeholder', ageMs: null, reason: 'no-image' })
})

test('does not show a picture without the mark that it has to have', async () => {
  const { read, upload, rig } = await setUp()
  await upload()
  await read()
  rig.decision = async () => ({ allowed: true, by: 'free', obligations: ['watermark'] })
  expect(show(await read())).toEqual({ tier: 'placeholder', ageMs: null, reason: 'watermark' })
})

test('shows a picture with its mark, apart from the one without', async () => {
  const marked = new Uint8Array([...png, 0])
  const { read, upload, rig } = await setUp({
    watermarked: ({ id }, record) => ({
      key: `marked:${id}:${record.id}`,
      fetch: async () => ({ bytes: marked, contentType: 'image/png' }),
    }),
  })
  await upload()
  await read()
  rig.decision = async () => ({ allowed: true, by: 'free', obligations: ['watermark'] })
  expect((await read()).bytes).toEqual(marked)
})

test.each([
  ['is not known', () => null],
  ['cannot be found out', () => Promise.reject(new Error('No names today.'))],
  ['takes too long', never],
])('draws a sign of nobody when the name %s', async (_, nameOf) => {
  const { read } = await setUp({ nameOf })
  expect(new TextDecoder().decode((await read()).bytes)).toContain('No picture of this person')
})

test.each(['', 'x'.repeat(256), 'a\u0000b', 'a\nb', '\ud800'])(
  'asks nobody about %j, which is no user id',
  async (userId) => {
    const { avatars, rig } = await setUp()
    rig.records = { ...rig.records, list: () => Promise.reject(new Error('It was asked.')) }
    expect(show(await avatars.read(viewer, userId))).toMatchObject({ reason: 'no-image' })
  },
)

test.each<[string, string]>([
  ['a page', '<!doctype html><script>alert(1)</script>'],
  ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><script/></svg>'],
  ['nothing', ''],
])('does not pass %s on as a picture', async (_, text) => {
  const { read, upload, rig } = await setUp()
  await upload()
  const bytes = new TextEncoder().encode(text)
  rig.source = async () => ({ bytes, contentType: 'image/png' })
  expect(show(await read())).toMatchObject({ tier: 'placeholder', reason: 'host-failed' })
})

test('fetches so many at once, lets so many wait, and refuses the rest', async () => {
  const { avatars, upload, asked, rig, time } = await setUp({ concurrency: 2, queue: 3 })
  const ids = Array.from({ length: 10 }, (_, at) => `user-${at}`)
  for (const ownerId of ids) await upload({ ownerId })
  rig.source = never
  const reading = Promise.all(ids.map((id) => avatars.read(viewer, id)))
  await time.advance(150)
  const reasons = (await reading).map(({ reason }) => reason)
  expect(reasons).toEqual([...Array(5).fill('timed-out'), ...Array(5).fill('busy')])
  expect(asked).toHaveLength(2)
})

test('tells of work that goes on after the answer', async () => {
  const works: Promise<unknown>[] = []
  const { read, upload, rig, time } = await setUp({ waitUntil: (work) => works.push(work) })
  await upload()
  rig.source = never
  await read()
  await time.advance(10_000)
  await Promise.all(works)
  expect(works).toHaveLength(1)
})

test('leaves no timer behind', async () => {
  const { read, upload, time } = await setUp()
  await upload()
  await read()
  await read('nobody')
  expect(time.timers()).toBe(0)
})

test.each([
  [{ budgetMs: 0 }, RangeError],
  [{ freshMs: 10, staleMs: 5 }, RangeError],
  [{ concurrency: 1.5 }, RangeError],
])('refuses %j', async (figures, error) => {
  await expect(setUp(figures)).rejects.toThrow(error)
})
