import { describe, expect, test } from 'vitest'
import { ImagesError } from '@lightfast/core'
import { createMemoryRenditionCache } from '../delivery/memory-rendition-cache.ts'
import { ada, addReady, bob, makeGif, openGateway } from '../test-support/open-gateway.ts'
import { settle } from '../test-support/virtual-time.ts'
import type { Renderer } from './renderer.ts'

const wide = { preset: 'wide' }
const HOUR_MS = 3_600_000

describe('a picture', () => {
  test('comes with headers by which nothing in it runs, leaks or stays longer than its right', async () => {
    const { gateway, image, clock, get } = await openGateway()
    const { url, expiresAt } = await gateway.mint(ada, image, wide)
    clock.now += 100_000
    const { headers } = await get(url)
    const age = Math.min(300, Math.floor((expiresAt - clock.now) / 1000))
    expect(Object.fromEntries(headers)).toEqual({
      'cache-control': `private, max-age=${age}`,
      'content-disposition': 'inline',
      'content-length': expect.stringMatching(/^\d+$/),
      'content-security-policy': "default-src 'none'; sandbox",
      'content-type': 'image/gif',
      'cross-origin-resource-policy': 'same-site',
      etag: expect.stringMatching(/^"[\w-]{43}"$/),
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex',
    })
  })

  test('of a long link stays no longer than a view, so that what is taken back is soon gone', async () => {
    const { gateway, image, get } = await openGateway()
    const { url, expiresAt } = await gateway.share(ada, image, { ...wide, ttlMs: 24 * HOUR_MS })
    expect(expiresAt).toBeGreaterThan(Date.parse('2026-11-19'))
    expect((await get(url)).headers.get('cache-control')).toBe('private, max-age=300')
  })

  test('that a browser has is not sent again, nor drawn', async () => {
    const { gateway, image, drawn, get } = await openGateway()
    const { url } = await gateway.mint(ada, image, wide)
    const etag = (await get(url)).headers.get('etag') ?? ''
    for (const tags of [etag, `W/${etag}`, `"x", ${etag}`]) {
      const response = await get(url, { headers: { 'if-none-match': tags } })
      expect([response.status, await response.text()]).toEqual([304, ''])
      expect(response.headers.get('etag')).toBe(etag)
    }
    expect(drawn).toHaveLength(1)
    expect((await get(url, { headers: { 'if-none-match': '"x"' } })).status).toBe(200)
  })

  test('that a browser has is not confirmed to whom the right was taken from', async () => {
    const { gateway, image, grants, get } = await openGateway()
    const { url } = await gateway.mint(ada, image, wide)
    const etag = (await get(url)).headers.get('etag') ?? ''
    grants.actions.clear()
    const asked = get(url, { headers: { 'if-none-match': etag } })
    await expect(asked).rejects.toMatchObject({ code: 'not_found' })
  })

  test('is sent whole when a part is asked for, and only told of for a HEAD', async () => {
    const { gateway, image, get } = await openGateway()
    const { url } = await gateway.mint(ada, image, wide)
    const part = await get(url, { headers: { range: 'bytes=0-3' } })
    expect(part.status).toBe(200)
    expect(part.headers.has('accept-ranges')).toBe(false)
    const whole = new Uint8Array(await part.arrayBuffer())
    const head = await get(url, { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
    expect(head.headers.get('content-length')).toBe(String(whole.byteLength))
  })

  test('has the type of its bytes, whatever the preset says', async () => {
    const { gateway, image, get } = await openGateway({
      presets: { wide: { width: 1600, fit: 'scale-down', format: 'webp' } },
    })
    const { url } = await gateway.mint(ada, image, wide)
    expect((await get(url)).headers.get('content-type')).toBe('image/gif')
  })

  test.each([
    '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
    '<script>alert(1)</script>',
    '',
  ])('is none if the renderer made this: %s', async (text) => {
    const renderer = { render: async () => new TextEncoder().encode(text) }
    const { gateway, image, get } = await openGateway({ renderer })
    const { url } = await gateway.mint(ada, image, wide)
    await expect(get(url)).rejects.toMatchObject({ code: 'server_failed' })
  })

  test.each([
    ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'file_type_unsupported'],
    ['a page', '<!doctype html><title>Sorry</title>', 'host_reply_invalid'],
    ['nothing', '', 'host_reply_invalid'],
    ['half a GIF', 'GIF89a\u0001', 'file_damaged'],
    ['more than it may be', 'x'.repeat(2000), 'host_reply_invalid'],
  ])('is not drawn from %s', async (_, text, code) => {
    const bytes = new TextEncoder().encode(text)
    const source = async () => ({ bytes, contentType: 'image/png' })
    const { gateway, image, drawn, get } = await openGateway({ source, maxSourceBytes: 1000 })
    const { url } = await gateway.mint(ada, image, wide)
    await expect(get(url)).rejects.toMatchObject({ code })
    expect(drawn).toEqual([])
  })
})

describe('many who ask at once', () => {
  test('for one picture have it drawn once', async () => {
    const slow = holdRenderer()
    const { gateway, image, get } = await openGateway({ renderer: slow.renderer })
    const { url } = await gateway.mint(ada, image, wide)
    await get(url)
    slow.hold()
    const asked = Array.from({ length: 30 }, () => get(url))
    await settle()
    slow.finish()
    const answers = await Promise.all(asked)
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 30 }, () => 200))
    expect(slow.count()).toBe(2)
  })

  test('beyond what can be drawn and may wait are told to come again, and the others are served', async () => {
    const slow = holdRenderer()
    const { gateway, store, get } = await openGateway({
      renderer: slow.renderer,
      concurrency: 2,
      queue: 3,
    })
    const urls: string[] = []
    for (let at = 0; at < 9; at += 1) {
      urls.push((await gateway.mint(ada, await addReady(store), wide)).url)
      await get(urls[at] ?? '')
    }
    slow.hold()
    const settled = Promise.allSettled(urls.map((url) => get(url)))
    await settle()
    slow.finish()
    const refused = (await settled).flatMap((one) =>
      one.status === 'rejected' ? [one.reason] : [],
    )
    expect(refused).toHaveLength(4)
    for (const reason of refused) {
      expect(reason).toMatchObject({ code: 'client_busy', retryAfterMs: 2000 })
    }
    expect(slow.most()).toBe(2)
    expect((await get(urls[8] ?? '')).status).toBe(200)
  })

  test('and have all left leave no work behind', async () => {
    const slow = holdRenderer()
    const { gateway, image, get } = await openGateway({
      renderer: slow.renderer,
      concurrency: 1,
      queue: 0,
    })
    const { url } = await gateway.mint(ada, image, wide)
    await get(url)
    slow.hold()
    const leaving = new AbortController()
    const asked = [get(url, { signal: leaving.signal }), get(url, { signal: leaving.signal })]
    const settled = Promise.allSettled(asked)
    await settle()
    leaving.abort(new Error('They left.'))
    expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(slow.aborted()).toBe(1)
    slow.finish()
    expect((await get(url)).status).toBe(200)
  })

  test('are served although one of them leaves', async () => {
    const slow = holdRenderer()
    const { gateway, image, get } = await openGateway({ renderer: slow.renderer })
    const { url } = await gateway.mint(ada, image, wide)
    await get(url)
    slow.hold()
    const leaving = new AbortController()
    const [left, stayed] = [get(url, { signal: leaving.signal }), get(url)]
    const settled = Promise.allSettled([left])
    await settle()
    leaving.abort()
    expect((await settled)[0]?.status).toBe('rejected')
    slow.finish()
    expect((await stayed).status).toBe(200)
    expect(slow.aborted()).toBe(0)
  })

  test('are not held up by a drawing that never ends', async () => {
    const timers: (() => void)[] = []
    const slow = holdRenderer()
    const { gateway, image, get } = await openGateway({
      renderer: slow.renderer,
      concurrency: 1,
      queue: 0,
      schedule(run) {
        timers.push(run)
        return () => undefined
      },
    })
    const { url } = await gateway.mint(ada, image, wide)
    await get(url)
    timers.length = 0
    slow.hold()
    const asked = get(url)
    const told = expect(asked).rejects.toMatchObject({ code: 'client_busy', retryAfterMs: 5000 })
    await settle()
    for (const run of timers) run()
    await told
    expect(slow.aborted()).toBe(1)
    slow.finish()
    expect((await get(url)).status).toBe(200)
  })
})

describe('a cache', () => {
  test('saves the drawing, and knows no rights', async () => {
    const cache = createMemoryRenditionCache()
    const { gateway, image, grants, drawn, get } = await openGateway({ cache })
    const urls = await Promise.all(
      [ada, bob].map(async (who) => (await gateway.mint(who, image, wide)).url),
    )
    for (const url of urls) expect((await get(url)).status).toBe(200)
    expect(drawn).toHaveLength(1)
    grants.actions.delete('bob')
    await expect(get(urls[1] ?? '')).rejects.toMatchObject({ code: 'not_found' })
  })

  test('has no old picture for new bytes, another mark or another logo', async () => {
    const cache = createMemoryRenditionCache()
    const options = [{}, { overlays: { logo: makeGif('another') } }]
    const tags: (string | null)[] = []
    const { store, image, ...first } = await openGateway({ cache })
    for (const option of options) {
      const { gateway, get } = await openGateway({ cache, store, ...option })
      const { url } = await gateway.mint(ada, image, { ...wide, plan: 'free' })
      tags.push((await get(url)).headers.get('etag'))
    }
    const moved = await store.records.move(image, 'ready', {
      beside: { actor: 'ada' },
      cloudflareId: 'fresh',
    })
    const { url } = await first.gateway.mint(ada, moved ?? image, { ...wide, plan: 'free' })
    tags.push((await first.get(url)).headers.get('etag'))
    expect(new Set(tags).size).toBe(3)
  })

  test('is not filled with what went wrong', async () => {
    let fails = true
    const { gateway, image, get } = await openGateway({
      cache: createMemoryRenditionCache(),
      async source() {
        if (fails) throw new ImagesError('host_unavailable', 'Not now.')
        return { bytes: makeGif('later'), contentType: 'image/gif' }
      },
    })
    const { url } = await gateway.mint(ada, image, wide)
    await expect(get(url)).rejects.toMatchObject({ code: 'host_unavailable' })
    fails = false
    expect((await get(url)).status).toBe(200)
  })
})

describe('a one-time link', () => {
  test('lands on a page of its own, without a script, that posts to itself', async () => {
    const { gateway, image, drawn, get } = await openGateway()
    const { url } = await gateway.share(ada, image, { ...wide, once: true })
    const response = await get(url)
    const page = await response.text()
    expect(page).toContain('<form method="post">')
    expect(page).not.toMatch(/<script|src=|href=| on\w+=/i)
    expect(page).not.toContain(url)
    const { headers } = response
    const style = /<style>([^]*)<\/style>/.exec(page)?.[1] ?? ''
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style))
    const hash = btoa(String.fromCharCode(...new Uint8Array(digest)))
    expect(headers.get('content-security-policy')).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
    )
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-robots-tag')).toBe('noindex')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(drawn).toEqual([])
    expect(await (await get(url, { method: 'HEAD' })).text()).toBe('')
  })

  test('says what the app wants it to say, and nothing of that is markup', async () => {
    const landingWords = {
      lang: 'de',
      title: '<b>Ein Bild</b>',
      text: '"Nur" einmal',
      button: 'Zeig & fertig',
    }
    const { gateway, image, get } = await openGateway({ landingWords })
    const page = await (
      await get((await gateway.share(ada, image, { ...wide, once: true })).url)
    ).text()
    expect(page).toContain('<html lang="de">')
    expect(page).toContain('&lt;b&gt;Ein Bild&lt;/b&gt;')
    expect(page).toContain('Zeig &amp; fertig')
  })

  test('shows its picture to one of twenty who post at once, however often it was looked at', async () => {
    const { gateway, image, get, post } = await openGateway()
    const { url } = await gateway.share(ada, image, { ...wide, once: true })
    for (let look = 0; look < 5; look += 1) await get(url)
    const answers = await Promise.allSettled(Array.from({ length: 20 }, () => post(url)))
    const shown = answers.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    expect(shown).toHaveLength(1)
    expect(shown[0]?.headers.get('content-type')).toBe('image/gif')
    expect(shown[0]?.headers.get('cache-control')).toBe('no-store')
    for (const one of answers) {
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'not_found' })
    }
    await expect(post(url)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('is not used up by what went wrong on the way', async () => {
    let fails = true
    const { gateway, image, post } = await openGateway({
      async source() {
        if (fails) throw new ImagesError('host_timed_out', 'Not now.')
        return { bytes: makeGif('later'), contentType: 'image/gif' }
      },
    })
    const { url } = await gateway.share(ada, image, { ...wide, once: true })
    await expect(post(url)).rejects.toMatchObject({ code: 'host_timed_out' })
    fails = false
    expect((await post(url)).status).toBe(200)
  })

  test('is another one each time, and each is used up alone', async () => {
    const { gateway, image, post } = await openGateway()
    const links = await Promise.all(
      [1, 2].map(() => gateway.share(ada, image, { ...wide, once: true })),
    )
    for (const { url } of links) expect((await post(url)).status).toBe(200)
    for (const { url } of links)
      await expect(post(url)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('is gone with the right of whoever gave it away', async () => {
    const { gateway, image, store, get, post } = await openGateway()
    const { url } = await gateway.share(ada, image, { ...wide, once: true })
    await store.rights.raise('viewer:ada')
    await expect(get(url)).rejects.toMatchObject({ code: 'not_found' })
    await expect(post(url)).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('a link', () => {
  test('shows its picture again and again, marked for whom it is', async () => {
    const { gateway, image, drawn, get } = await openGateway({
      describeViewer: (viewer) => (viewer.type === 'share' ? `reader ${viewer.label}` : 'nobody'),
    })
    const wanted = { ...wide, plan: 'shared', label: 'r-17' }
    const { url } = await gateway.share(ada, image, wanted)
    for (let look = 0; look < 3; look += 1) expect((await get(url)).status).toBe(200)
    expect(drawn[0]?.drawing.mark).toMatchObject({ words: expect.stringContaining('reader r-17') })
  })

  test.each([
    ['label', { label: 'Ada Lovelace' }],
    ['label', { label: 'ada@example.com' }],
    ['label', { label: '' }],
    ['ttlMs', { ttlMs: 0 }],
    ['ttlMs', { ttlMs: Number.NaN }],
    ['ttlMs', { ttlMs: 8 * 24 * HOUR_MS }],
  ])('with a %s like %o is refused', async (field, changes) => {
    const { gateway, image } = await openGateway()
    const share = gateway.share(ada, image, { ...wide, ...changes })
    await expect(share).rejects.toMatchObject({ code: 'invalid_request', field })
  })

  test('is given away by nobody who may only look, who is told so; whoever may not even look is not', async () => {
    const { gateway, image } = await openGateway()
    await expect(gateway.share(bob, image, wide)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(gateway.share({ id: 'eve' }, image, wide)).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})

describe('what cannot be right is told at once', () => {
  test.each([
    ['a plan without its overlay', { overlays: {} }],
    [
      'an overlay named like a thing of the language',
      {
        overlays: {},
        plans: {
          a: { type: 'image', src: 'toString', width: 9, opacity: 1, place: { at: 'center' } },
        },
      },
    ],
    [
      'a plan that cannot be seen',
      {
        plans: {
          a: {
            type: 'text',
            text: 'a',
            size: 9,
            color: '#ffffff',
            opacity: 0,
            place: { at: 'center' },
          },
        },
      },
    ],
    [
      'a colour that is markup',
      {
        plans: {
          a: {
            type: 'text',
            text: 'a',
            size: 9,
            color: '"><x',
            opacity: 1,
            place: { at: 'center' },
          },
        },
      },
    ],
    [
      'a template that asks for more',
      {
        plans: {
          a: {
            type: 'text',
            text: '{email}',
            size: 9,
            color: '#ffffff',
            opacity: 1,
            place: { at: 'center' },
          },
        },
      },
    ],
    ['a preset of no width', { presets: { a: { width: 0, fit: 'contain' } } }],
    ['a cover of no height', { presets: { a: { width: 9, fit: 'cover' } } }],
    ['a path that ends in a slash', { path: '/view/' }],
    ['a path that is none', { path: 'view' }],
    ['no issuer', { issuer: '' }],
    ['no room at all', { concurrency: 0 }],
    ['a view that lives no second', { viewMs: 1 }],
  ] as const)('%s', async (_, options) => {
    await expect(openGateway(options)).rejects.toThrow()
  })
})

/** A renderer that waits until a test lets it go on. */
function holdRenderer() {
  let [count, active, most, aborted] = [0, 0, 0, 0]
  let isHeld = false
  const held = new Set<() => void>()
  const renderer: Renderer = {
    async render(_, { signal }) {
      count += 1
      active += 1
      most = Math.max(most, active)
      signal.addEventListener('abort', () => (aborted += 1))
      if (isHeld) await new Promise<void>((resolve) => held.add(resolve))
      active -= 1
      return makeGif(String(count))
    },
  }
  return {
    renderer,
    count: () => count,
    most: () => most,
    aborted: () => aborted,
    hold: () => (isHeld = true),
    finish() {
      isHeld = false
      for (const go of held) go()
    },
  }
}
