/** What is done to images, by those who may: the routes' table tells who that is. */
import { expect, test } from 'vitest'
import { inGroup, owner } from '../access/rules.ts'
import { createPolicy } from '../access/create-policy.ts'
import { createDefaultPolicy } from '../access/default-policy.ts'
import { createMemoryStore } from '../stores/memory/create-memory-store.ts'
import { openGateway } from '../test-support/open-gateway.ts'
import { defaultFilePolicy } from '@lightfast/core'
import { codeOf } from '../testing/store-samples.ts'
import { makeRequest, openUploads, png, post } from '../test-support/open-uploads.ts'
import type { OpenUploads, TestUploads } from '../test-support/open-uploads.ts'

const ada = { id: 'ada', tenantId: 'acme' }
const vic = { id: 'vic', tenantId: 'acme', groups: ['image_viewer'] }
const eve = { id: 'eve', tenantId: 'elsewhere', groups: ['image_viewer'] }

const album = {
  ...defaultFilePolicy,
  mayChoose: ['privacy'],
  metadata: { keys: ['album'], make: () => ({ source: 'app' }) },
} as const

const open = (options: OpenUploads = {}) => openUploads({ kinds: { photo: album }, ...options })

async function upload({ uploads, emulator }: TestUploads, changes = {}): Promise<string> {
  const { image, way } = await uploads.start(ada, makeRequest(changes))
  await post(emulator, way)
  await uploads.complete(ada, image.id, { attemptId: way?.attemptId ?? '' })
  return image.id
}

test('an image tells whoever asks whether it is theirs, and what they may do to it', async () => {
  const app = await open()
  const id = await upload(app)
  const { image: own } = await app.uploads.read(ada, id)
  expect(own).toMatchObject({ mine: true, privacy: 'private', state: 'ready' })
  expect(own.can).toEqual(['view', 'viewOriginal', 'share', 'update', 'delete', 'administer'])
  const { image: seen } = await app.uploads.read(vic, id)
  expect(seen).toMatchObject({ mine: false, can: ['view'] })
  expect(await codeOf(app.uploads.read(eve, id))).toBe('not_found')
})

test('a list holds what one may see, of others too, and goes on where it ended', async () => {
  const app = await open()
  const ids = [await upload(app), await upload(app), await upload(app)].toReversed()
  const seen: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page = await app.uploads.list(vic, { limit: 2, ...(cursor && { cursor }) })
    seen.push(...page.images.map(({ id }) => id))
    cursor = page.nextCursor
  }
  expect(seen.toSorted()).toEqual(ids.toSorted())
  expect((await app.uploads.list(vic, { owner: 'me' })).images).toEqual([])
  expect((await app.uploads.list(vic, { owner: 'ada', kinds: ['photo'] })).images).toHaveLength(3)
  const nothing = { images: [], nextCursor: null }
  const [newest = ''] = ids
  const cursorOfOthers = `${app.now() + 1}_${newest}`
  for (const query of [{}, { owner: 'ada' }, { cursor: cursorOfOthers }]) {
    expect(await app.uploads.list(eve, query)).toEqual(nothing)
  }
})

test('an upload that is under way is its owner’s alone', async () => {
  const app = await open()
  const { image } = await app.uploads.start(ada, makeRequest())
  expect((await app.uploads.list(vic, {})).images).toEqual([])
  expect(await codeOf(app.uploads.read(vic, image.id))).toBe('not_found')
  expect((await app.uploads.read(ada, image.id)).image.state).toBe('pending')
})

test('a name and metadata are changed, and what the server has set stays', async () => {
  const app = await open()
  const id = await upload(app, { metadata: { album: 'one' } })
  const changes = { filename: 'new.png', metadata: { album: 'two' } }
  expect((await app.uploads.update(ada, id, changes)).image.filename).toBe('new.png')
  const record = await app.store.records.find(id)
  expect(record?.metadata).toEqual({ album: 'two', source: 'app' })
  const image = await app.client.images.get(record?.cloudflareId ?? '')
  expect(image.meta).toMatchObject({ album: 'two', source: 'app', imageId: id })
  const strange = app.uploads.update(ada, id, { metadata: { source: 'me' } })
  await expect(strange).rejects.toMatchObject({ code: 'invalid_request', field: 'metadata' })
})

test('a change of privacy follows the image to its new id', async () => {
  const app = await open()
  const id = await upload(app)
  const before = await app.store.records.find(id)
  expect((await app.uploads.update(ada, id, { privacy: 'public' })).image.privacy).toBe('public')
  const after = await app.store.records.find(id)
  expect(after?.cloudflareId).not.toBe(before?.cloudflareId)
  expect(await app.images()).toEqual([after?.cloudflareId])
  await app.pass(3 * 3_600_000)
  expect(await app.images()).toEqual([after?.cloudflareId])
  const { url } = await app.uploads.signUrl(ada, id, 'public')
  expect(url).not.toContain('sig=')
  // This emulator draws no pixels, and first asks who may see them.
  expect((await app.emulator.fetch(new Request(url))).status).not.toBe(403)
})

test('a kind that leaves privacy to nobody refuses a change of it', async () => {
  const app = await open({ kinds: { photo: defaultFilePolicy } })
  const id = await upload(app)
  const change = app.uploads.update(ada, id, { privacy: 'public' })
  await expect(change).rejects.toMatchObject({ code: 'invalid_request', field: 'privacy' })
})

test('of two who change an image at once one is told to read it again', async () => {
  const app = await open()
  const id = await upload(app)
  const ends = await Promise.all(
    ['a.png', 'b.png'].map((filename) => codeOf(app.uploads.update(ada, id, { filename }))),
  )
  expect(new Set(ends)).toEqual(new Set(['none', 'upload_conflict']))
})

test('an original is what was uploaded, by type and name', async () => {
  const app = await open()
  const { file, ...original } = await app.uploads.original(ada, await upload(app))
  expect(original).toEqual({ filename: 'red.png', type: 'image/png' })
  expect(new Uint8Array(await file.arrayBuffer())).toEqual(png)
})

test('who is obliged to a mark gets no address of Cloudflare’s', async () => {
  const policy = createPolicy({
    grants: [
      { id: 'owner', when: owner(), actions: ['view'] },
      {
        id: 'viewers',
        when: inGroup('image_viewer'),
        actions: ['view'],
        obligations: ['watermark'],
      },
    ],
  })
  const app = await open({ policy })
  const id = await upload(app)
  expect((await app.uploads.list(ada, { variant: 'public' })).images[0]?.url).toContain('sig=')
  expect((await app.uploads.list(vic, { variant: 'public' })).images[0]?.url).toBeNull()
  expect(await codeOf(app.uploads.signUrl(vic, id, 'public'))).toBe('forbidden')
})

test('who gets no mark gets no picture, and the list all the same', async () => {
  const policy = createDefaultPolicy({ watermark: 'viewers' })
  const store = createMemoryStore({ now: () => Date.parse('2026-11-22T12:00:00Z') })
  const { gateway } = await openGateway({
    store,
    policy,
    choosePlan: () => null,
    presets: { public: { width: 9, fit: 'scale-down' } },
  })
  const app = await open({ store, policy, gateway })
  const id = await upload(app)
  const { images } = await app.uploads.list(vic, { variant: 'public' })
  expect(images).toMatchObject([{ id, url: null }])
  expect(await codeOf(app.uploads.signUrl(vic, id, 'public'))).toBe('forbidden')
})

test.each(['keys', 'variants/public', '../../zones', 'a%2Fb', 'a\0b', '‮abc', 'x'.repeat(5000), ''])(
  'the id %j is one of no image, and reaches no store',
  async (id) => {
    const app = await open()
    const asked = app.uploads
    for (const work of [asked.read(ada, id), asked.remove(ada, id), asked.original(ada, id)]) {
      expect(await codeOf(work)).toBe('not_found')
    }
  },
)
