import { expect, test } from 'vitest'
import { createMemoryRenditionCache } from '../delivery/memory-rendition-cache.ts'
import { createMemoryStore } from '../stores/memory/create-memory-store.ts'
import { png } from '../test-support/open-uploads.ts'
import { beside, NOON, sampleRecord } from '../testing/store-samples.ts'
import { createAvatars } from './create-avatars.ts'
import { createPictures } from './create-pictures.ts'
import { toPictureResponse } from './to-picture-response.ts'

const viewer = { id: 'viewer' }
const hidden = 'bob'

/** Ada and Bob have an avatar and Carl has none; nobody may see Bob's. */
async function setUp() {
  const store = createMemoryStore({ now: () => NOON })
  const checked: string[] = []
  const named: string[] = []
  for (const ownerId of ['ada', hidden]) {
    const ready = { kind: 'avatar', state: 'ready', cloudflareId: ownerId } as const
    await store.records.create(sampleRecord({ ...ready, id: `of-${ownerId}`, ownerId }), beside)
  }
  const options = {
    store,
    policy: {
      check: async (_: unknown, __: unknown, { ownerId }: { readonly ownerId: string }) => {
        checked.push(ownerId)
        return ownerId === hidden
          ? ({ allowed: false, by: 'no-grant' } as const)
          : ({ allowed: true, by: 'test', obligations: [] } as const)
      },
      scope: async () => [],
    },
    source: async () => ({ bytes: png, contentType: 'image/png' }),
    cache: createMemoryRenditionCache(),
    now: () => NOON,
  }
  const nameOf = (id: string): string => {
    named.push(id)
    return 'Same Name'
  }
  return {
    avatars: createAvatars({ ...options, nameOf }),
    pictures: createPictures(options),
    checked,
    named,
  }
}

const get = (init?: RequestInit) => new Request('https://app.example/avatars/x', init)

async function toPlain(response: Response) {
  const bytes = [...new Uint8Array(await response.arrayBuffer())]
  return { status: response.status, headers: [...response.headers], bytes }
}

test('a picture tells how good it is, is kept for a short while, and runs nothing', async () => {
  const { avatars } = await setUp()
  const response = await avatars.respond(viewer, 'ada', get())
  expect(response.status).toBe(200)
  expect(Object.fromEntries(response.headers)).toEqual({
    'cache-control': 'private, max-age=60',
    'content-length': String(png.byteLength),
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    'content-type': 'image/png',
    etag: expect.stringMatching(/^"[\da-f]{32}"$/),
    'lightfast-age': '0',
    'lightfast-tier': 'fresh',
    vary: 'Cookie, Authorization',
    'x-content-type-options': 'nosniff',
  })
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(png)
})

test('a placeholder is kept for less long, and says why it is there', async () => {
  const { avatars } = await setUp()
  const { headers } = await avatars.respond(viewer, 'carl', get())
  expect(headers.get('cache-control')).toBe('private, max-age=10')
  expect(headers.get('content-type')).toBe('image/svg+xml')
  expect(headers.get('lightfast-reason')).toBe('no-image')
  expect(headers.get('lightfast-age')).toBeNull()
})

test('what is not fresh is kept for less long as well, and tells its age', async () => {
  const picture = { bytes: png, contentType: 'image/png', tier: 'stale', ageMs: 61_999 } as const
  const { headers } = await toPictureResponse({ ...picture, reason: 'revalidating' }, get())
  expect(headers.get('cache-control')).toBe('private, max-age=10')
  expect(headers.get('lightfast-age')).toBe('61')
})

test('no right and no avatar are answered the same, byte for byte, by the same work', async () => {
  const withheld = await setUp()
  const missing = await setUp()
  const one = await toPlain(await withheld.avatars.respond(viewer, hidden, get()))
  // The colour is the id's: the same user, who has no avatar here.
  const store = createMemoryStore({ now: () => NOON })
  const avatars = createAvatars({
    store,
    policy: {
      check: async () => ({ allowed: true, by: 'test', obligations: [] }),
      scope: async () => [],
    },
    source: () => Promise.reject(new Error('There is nothing.')),
    cache: createMemoryRenditionCache(),
    nameOf: () => 'Same Name',
  })
  expect(await toPlain(await avatars.respond(viewer, hidden, get()))).toEqual(one)
  await missing.avatars.respond(viewer, 'carl', get())
  expect([missing.checked, missing.named]).toEqual([['carl'], ['carl']])
  expect([withheld.checked, withheld.named]).toEqual([[hidden], [hidden]])
})

test.each([
  ['what is known', (etag: string) => etag],
  ['what is known weakly, among others', (etag: string) => `"other", W/${etag}`],
  ['anything', () => '*'],
])('is not sent again to who has %s', async (_, toKnown) => {
  const { avatars } = await setUp()
  for (const userId of ['ada', hidden]) {
    const { headers } = await avatars.respond(viewer, userId, get())
    const known = toKnown(headers.get('etag') ?? '')
    const again = await avatars.respond(
      viewer,
      userId,
      get({ headers: { 'if-none-match': known } }),
    )
    expect([again.status, again.body, again.headers.get('etag')]).toEqual([
      304,
      null,
      headers.get('etag'),
    ])
    expect(again.headers.get('cache-control')).toBe(headers.get('cache-control'))
  }
})

test('is sent to who has another one', async () => {
  const { avatars } = await setUp()
  const request = get({ headers: { 'if-none-match': '"another"' } })
  expect((await avatars.respond(viewer, 'ada', request)).status).toBe(200)
})

test('a HEAD has the headers of a GET, and no body', async () => {
  const { avatars } = await setUp()
  const whole = await toPlain(await avatars.respond(viewer, 'ada', get()))
  const head = await toPlain(await avatars.respond(viewer, 'ada', get({ method: 'HEAD' })))
  expect(head).toEqual({ ...whole, bytes: [] })
})

test('pictures are shown by their id in the same way', async () => {
  const { pictures } = await setUp()
  expect(await pictures.read(viewer, 'of-ada')).toMatchObject({ tier: 'fresh', bytes: png })
  const withheld = await pictures.read(viewer, `of-${hidden}`)
  expect(withheld).toMatchObject({ tier: 'placeholder', reason: 'no-image' })
  expect(new TextDecoder().decode(withheld.bytes)).toContain('"No picture"')
  expect((await pictures.read(viewer, 'nothing')).reason).toBe('no-image')
})
