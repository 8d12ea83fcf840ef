import { expect, test } from 'vitest'
import { ada, openUploads, png } from '../test-support/open-uploads.ts'
import type { TestUploads } from '../test-support/open-uploads.ts'

async function store({ client }: TestUploads, creator = 'ada'): Promise<string> {
  const file = new Blob([png], { type: 'image/png' })
  return (await client.images.upload({ file, name: 'old.png' }, { privacy: 'private', creator })).id
}

test('an image that Cloudflare says is the principal’s becomes a record, with facts from its bytes', async () => {
  const app = await openUploads()
  const cloudflareId = await store(app)
  const { image } = await app.uploads.register(ada, { cloudflareId, kind: 'photo' })
  expect(image).toMatchObject({ state: 'ready', facts: 'verified', width: 1, filename: 'old.png' })
  expect((await app.uploads.signUrl(ada, image.id, 'public')).url).toContain(cloudflareId)
})

test('however many report it at once, there is one record', async () => {
  const app = await openUploads()
  const cloudflareId = await store(app)
  const all = await Promise.all(
    Array.from({ length: 5 }, () => app.uploads.register(ada, { cloudflareId, kind: 'photo' })),
  )
  expect(new Set(all.map(({ image }) => image.id)).size).toBe(1)
})

test.each([
  ['somebody else’s', async (app: TestUploads) => store(app, 'bea')],
  ['missing', async () => '00000000-0000-4000-8000-000000000000'],
])('one that is %s is not found', async (_, make) => {
  const app = await openUploads()
  const cloudflareId = await make(app)
  await expect(app.uploads.register(ada, { cloudflareId, kind: 'photo' })).rejects.toMatchObject({
    code: 'not_found',
  })
})

test('one that is registered already is its owner’s, whoever else reports it', async () => {
  const app = await openUploads()
  const cloudflareId = await store(app)
  await app.uploads.register(ada, { cloudflareId, kind: 'photo' })
  await expect(
    app.uploads.register({ id: 'eve' }, { cloudflareId, kind: 'photo' }),
  ).rejects.toMatchObject({ code: 'not_found' })
})

test.each(['keys', 'variants/public', '../../zones', ''])(
  'an id that would lead elsewhere is refused before anything is asked: %j',
  async (cloudflareId) => {
    const app = await openUploads()
    const before = app.emulator.requests().length
    await expect(app.uploads.register(ada, { cloudflareId, kind: 'photo' })).rejects.toThrow()
    const asked = app.emulator.requests().slice(before)
    expect(asked.map(({ path }) => path).filter((path) => !path.includes('%'))).toEqual([])
  },
)

test('no killed process leaves a record behind that is not ready', async () => {
  const app = await openUploads()
  const cloudflareId = await store(app)
  const records = { ...app.store.records, move: () => new Promise<undefined>(() => undefined) }
  const killed = await openUploads({ client: app.client, store: { ...app.store, records } })
  void killed.uploads.register(ada, { cloudflareId, kind: 'photo' })
  await expect.poll(() => app.store.attempts.findByCloudflareId(cloudflareId)).toBeDefined()
  const { image } = await app.uploads.register(ada, { cloudflareId, kind: 'photo' })
  expect(image.state).toBe('ready')
})
