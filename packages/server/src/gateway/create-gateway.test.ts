import { describe, expect, test } from 'vitest'
import { createMemoryRenditionCache } from '../delivery/memory-rendition-cache.ts'
import { ada, addReady, bob, makeGif, openGateway, toToken } from '../test-support/open-gateway.ts'

const MINUTE_MS = 60_000
const SEVEN_DAYS_MS = 7 * 86_400_000

describe('an address', () => {
  test('shows the picture, in the preset that was asked for', async () => {
    const { gateway, image, drawn, get } = await openGateway()
    const { url } = await gateway.mint(ada, image, { preset: 'thumb' })
    const response = await get(url)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('image/gif')
    expect(drawn[0]?.drawing).toMatchObject({ preset: { width: 200 }, mark: null })
    expect(drawn[0]?.picture.bytes).toEqual(makeGif('source'))
  })

  test('is equal for equal rights, and lives from 5 to 7.5 minutes', async () => {
    const { gateway, image, clock } = await openGateway()
    const first = await gateway.mint(ada, image, { preset: 'wide' })
    const urls = new Set([first.url])
    for (let minute = 0; minute < 15; minute += 1) {
      clock.now += MINUTE_MS
      const { url, expiresAt } = await gateway.mint(ada, image, { preset: 'wide' })
      urls.add(url)
      expect(expiresAt - clock.now).toBeGreaterThanOrEqual(5 * MINUTE_MS)
      expect(expiresAt - clock.now).toBeLessThanOrEqual(7.5 * MINUTE_MS)
    }
    // Quarters of an hour hold six buckets of two and a half minutes.
    expect(urls.size).toBeLessThanOrEqual(7)
  })

  test('is another one for another viewer, image, preset and plan', async () => {
    const { gateway, image, store } = await openGateway()
    const other = await addReady(store)
    const all = await Promise.all([
      gateway.mint(ada, image, { preset: 'wide' }),
      gateway.mint(bob, image, { preset: 'wide' }),
      gateway.mint(ada, other, { preset: 'wide' }),
      gateway.mint(ada, image, { preset: 'thumb' }),
      gateway.mint(ada, image, { preset: 'wide', plan: 'free' }),
    ])
    expect(new Set(all.map(({ url }) => url)).size).toBe(5)
  })

  test('says nothing of what a mark says, nor who anybody is', async () => {
    const { gateway, image } = await openGateway({
      describeViewer: () => 'Ada Lovelace, ada@example.com',
    })
    const { url } = await gateway.mint(ada, image, { preset: 'wide', plan: 'shared' })
    const claims = atob(toToken(url).split('.')[1]?.replaceAll('-', '+').replaceAll('_', '/') ?? '')
    expect(Object.keys(JSON.parse(claims)).toSorted()).toEqual(
      ['aud', 'epo', 'exp', 'iat', 'img', 'iss', 'plan', 'pre', 'sub'].toSorted(),
    )
    expect(claims).not.toContain('Lovelace')
  })

  test('is not made of an e-mail address, which everybody could read in it', async () => {
    const { gateway, image, grants } = await openGateway()
    grants.actions.set('ada@example.com', ['view'])
    const mint = gateway.mint({ id: 'ada@example.com' }, image, { preset: 'wide' })
    await expect(mint).rejects.toThrow('no e-mail address')
  })

  test.each([
    [{ preset: 'none' }, 'preset'],
    [{ preset: 'constructor' }, 'preset'],
    [{ preset: 'wide', plan: 'none' }, 'plan'],
    [{ preset: 'wide', plan: 'toString' }, 'plan'],
  ])('of %o is refused: it is not there', async (wanted, field) => {
    const { gateway, image } = await openGateway()
    await expect(gateway.mint(ada, image, wanted)).rejects.toMatchObject({
      code: 'invalid_request',
      field,
    })
  })

  test('is given to nobody who may not see the image, and says no more than that there is none', async () => {
    const { gateway, image } = await openGateway()
    const mint = gateway.mint({ id: 'eve' }, image, { preset: 'none' })
    await expect(mint).rejects.toMatchObject({ code: 'not_found' })
  })

  test('waits until the image is ready', async () => {
    const { gateway, store } = await openGateway()
    const image = await addReady(store, { state: 'pending', cloudflareId: null })
    await expect(gateway.mint(ada, image, { preset: 'wide' })).rejects.toMatchObject({
      code: 'upload_conflict',
    })
  })
})

describe('a mark', () => {
  test('is there when it is asked for, with the words of its viewer', async () => {
    const { gateway, image, drawn, get } = await openGateway({
      describeViewer: (viewer) => `${viewer.type} ${viewer.principal.id}`,
    })
    const { url } = await gateway.mint(ada, image, { preset: 'wide', plan: 'shared' })
    await get(url)
    expect(drawn[0]?.drawing.mark).toMatchObject({
      type: 'text',
      words: '\u200Eshared with \u2068principal ada\u2069 on \u20682026-11-18\u2069',
    })
  })

  test('is there whenever the policy obliges to it: the one of the tier', async () => {
    const { gateway, image, grants, drawn, get } = await openGateway()
    grants.obligations = ['watermark']
    for (const principal of [bob, { ...bob, tier: 'premium' }]) {
      await get((await gateway.mint(principal, image, { preset: 'wide' })).url)
    }
    expect(drawn.map(({ drawing }) => drawing.mark?.opacity)).toEqual([0.7, 0.4])
    expect(drawn[0]?.drawing.mark).toMatchObject({ overlay: makeGif('logo') })
  })

  test('that is due cannot be bargained down', async () => {
    const { gateway, image, grants } = await openGateway()
    grants.obligations = ['watermark']
    const mint = gateway.mint(bob, image, { preset: 'wide', plan: 'premium' })
    await expect(mint).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('that is due and that nobody chose means no picture', async () => {
    const { gateway, image, grants } = await openGateway({ choosePlan: () => null })
    grants.obligations = ['watermark']
    await expect(gateway.mint(bob, image, { preset: 'wide' })).rejects.toMatchObject({
      code: 'forbidden',
    })
  })

  test('that becomes due takes back the addresses without one', async () => {
    const { gateway, image, grants, get } = await openGateway()
    const { url } = await gateway.mint(bob, image, { preset: 'wide' })
    grants.obligations = ['watermark']
    await expect(get(url)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('of text is drawn once for each viewer, a picture once for all', async () => {
    const cache = createMemoryRenditionCache()
    const { gateway, image, drawn, get } = await openGateway({ cache })
    for (const plan of ['shared', 'free']) {
      for (const principal of [ada, bob, ada, bob]) {
        await get((await gateway.mint(principal, image, { preset: 'wide', plan })).url)
      }
    }
    expect(drawn.map(({ drawing }) => drawing.mark?.type)).toEqual(['text', 'text', 'image'])
  })
})

describe('what is taken back', () => {
  test.each(['image', 'viewer'])(
    'by the epoch of the %s is gone at the next view',
    async (kind) => {
      const { gateway, image, store, get } = await openGateway()
      const { url } = await gateway.mint(ada, image, { preset: 'wide' })
      const others = await gateway.mint(bob, image, { preset: 'wide' })
      await get(url)
      await store.rights.raise(kind === 'image' ? `image:${image.id}` : 'viewer:ada')
      await expect(get(url)).rejects.toMatchObject({ code: 'not_found' })
      expect((await get((await gateway.mint(ada, image, { preset: 'wide' })).url)).status).toBe(200)
      const stays = kind === 'viewer' ? 'fulfilled' : 'rejected'
      expect((await Promise.allSettled([get(others.url)]))[0]?.status).toBe(stays)
    },
  )

  test('by the policy is gone at the next view, of links as well', async () => {
    const { gateway, image, grants, get } = await openGateway()
    const { url } = await gateway.mint(ada, image, { preset: 'wide' })
    const link = await gateway.share(ada, image, { preset: 'wide' })
    await get(url)
    await get(link.url)
    grants.actions.set('ada', ['view'])
    expect((await get(url)).status).toBe(200)
    await expect(get(link.url)).rejects.toMatchObject({ code: 'not_found' })
    grants.actions.delete('ada')
    await expect(get(url)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('with its minter, who left, or whom nobody can find just now', async () => {
    const people = new Map([['ada', ada]])
    const told: unknown[] = []
    const { gateway, image, get } = await openGateway({
      async findPrincipal(id) {
        if (people.size > 1) throw new Error('The directory is down.')
        return people.get(id) ?? null
      },
      logger: { error: (message) => told.push(message) },
    })
    const { url } = await gateway.mint(ada, image, { preset: 'wide' })
    await get(url)
    people.delete('ada')
    await expect(get(url)).rejects.toMatchObject({ code: 'not_found' })
    for (const id of ['ada', 'bob']) people.set(id, ada)
    await expect(get(url)).rejects.toMatchObject({ code: 'not_found' })
    expect(told).toHaveLength(1)
  })

  test('with the image, the preset or the plan', async () => {
    const { gateway, image, store, get } = await openGateway()
    const { url } = await gateway.mint(ada, image, { preset: 'wide' })
    await store.records.move(image, 'deleted', { beside: { actor: 'ada' } })
    await expect(get(url)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('by time', async () => {
    const { gateway, image, clock, get } = await openGateway()
    const { url, expiresAt } = await gateway.mint(ada, image, { preset: 'wide' })
    clock.now = expiresAt - 1
    expect((await get(url)).headers.get('cache-control')).toBe('no-store')
    clock.now = expiresAt
    await expect(get(url)).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('a refusal', () => {
  test('is word for word the same, whatever the reason', async () => {
    const { gateway, image, store, grants, clock, get, post } = await openGateway()
    const wanted = { preset: 'wide' }
    const [view, link, once] = await Promise.all([
      gateway.mint(bob, image, wanted),
      gateway.share(ada, image, wanted),
      gateway.share(ada, image, { ...wanted, once: true }),
    ])
    await post(once.url)
    const said = [await tell(get('x')), await tell(post(link.url)), await tell(post(once.url))]
    said.push(await tell(post(view.url)))
    grants.actions.delete('bob')
    said.push(await tell(get(view.url)))
    await store.rights.raise(`image:${image.id}`)
    said.push(await tell(get(link.url)))
    clock.now += SEVEN_DAYS_MS
    said.push(await tell(get(link.url)))
    expect(said[0]).toContain('"code":"not_found"')
    expect(new Set(said).size).toBe(1)
  })
})

async function tell(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'shown',
    (error: unknown) => JSON.stringify(error),
  )
}
