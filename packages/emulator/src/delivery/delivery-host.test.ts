import { describe, expect, test } from 'vitest'
import unknownVariant from '../../fixtures/unknown-variant-reply.json' with { type: 'json' }
import { localAccount } from '../options.ts'
import { publicVariant } from '../variant.ts'
import { openAccount, read, sign, svg, toForm } from '../test-support/account.ts'
import type { AccountState } from '../account.ts'
import type { TestAccount } from '../test-support/account.ts'

async function put(account: TestAccount, fields: Record<string, string> = {}): Promise<string> {
  const reply = await account.api('POST', '/v1', toForm({ file: svg, ...fields }))
  return String((await read(reply)).result['id'])
}

async function signed(id: string, exp: number, variant = 'public'): Promise<string> {
  const path = `/${id}/${variant}?exp=${exp}`
  return `${path}&sig=${await sign(`/${localAccount.accountHash}${path}`)}`
}

/** An account in which option lists may stand where the name of a variant does. */
function openFlexible(changes: Partial<AccountState> = {}): TestAccount {
  const signingKeys = [{ name: 'default', value: localAccount.signingKey }]
  const initial = { variants: [publicVariant], signingKeys, browserTtlSeconds: null }
  const state = { ...initial, flexibleVariants: true, ...changes }
  return openAccount({ accountStore: { load: () => state, save: () => {} } })
}

describe('a list of options', () => {
  test('is served once they are turned on, and a drawing ignores what it says', async () => {
    const account = openFlexible()
    const reply = await account.get(`/${await put(account)}/w=400,sharpen=3`)
    expect(reply.status).toBe(200)
    expect(reply.headers.get('Content-Type')).toBe('image/svg+xml')
    expect(reply.headers.get('Cf-Resized')).toBe('internal=ok/m')
  })

  test.each([
    ['w=400,colour=red', 400, 'err=9401'],
    ['w=0', 400, 'err=9401'],
    ['draw=x', 400, 'err=9401'],
    ['g=face', 501, 'err=501'],
    ['nothing', 403, 'err=9425'],
  ])('such as %s is refused with %i and %s', async (list, status, resized) => {
    const account = openFlexible()
    const reply = await account.get(`/${await put(account)}/${list}`)
    expect(reply.status).toBe(status)
    expect(reply.headers.get('Cf-Resized')).toBe(resized)
    expect(await reply.text()).toMatch(/^ERROR \d+: /)
  })

  test('is refused for a private image, signed or not, and with any signature', async () => {
    const account = openFlexible()
    const [secret, open] = [await put(account, { requireSignedURLs: 'true' }), await put(account)]
    const exp = account.clock.now / 1000 + 60
    for (const path of [
      `/${secret}/w=400`,
      await signed(secret, exp, 'w=400'),
      await signed(open, exp, 'w=400'),
    ]) {
      const reply = await account.get(path)
      expect([reply.status, reply.headers.get('Cf-Resized')]).toEqual([403, 'err=9425'])
    }
  })

  test('that headers decide names them', async () => {
    const account = openFlexible()
    const reply = await account.get(`/${await put(account)}/w=auto`)
    expect(reply.headers.get('Vary')).toContain('Accept, Sec-CH-Viewport-Width, Sec-CH-DPR')
  })
})

describe('refuses', () => {
  test('an unknown variant, as observed', async () => {
    const account = openAccount()
    const reply = await account.get(`/${await put(account)}/nothing`)
    expect(reply.status).toBe(unknownVariant.status)
    expect(reply.headers.get('Cf-Resized')).toBe(unknownVariant.headers['Cf-Resized'])
    expect(reply.headers.get('Content-Type')).toContain('text/plain')
    expect(await reply.text()).toBe(unknownVariant.text)
  })

  test.each([
    ['/one/w=400', 403, 'err=9429'],
    ['/one/w=400,sharpen=3', 403, 'err=9429'],
    ['/one', 403, 'err=9426'],
    ['/one/', 403, 'err=9426'],
    ['/%E0%A4%A/public', 403, 'err=9426'],
    ['/missing/public', 404, 'err=9431'],
  ])('%s with %i and %s', async (path, status, resized) => {
    const account = openAccount()
    await put(account, { id: 'one' })
    const reply = await account.get(path)
    expect(reply.status).toBe(status)
    expect(reply.headers.get('Cf-Resized')).toBe(resized)
  })

  test("another account's hash", async () => {
    const { emulator } = openAccount()
    const reply = await emulator.fetch(new Request('https://imagedelivery.net/other/one/public'))
    expect([reply.status, reply.headers.get('Cf-Resized')]).toEqual([403, 'err=9427'])
  })

  test('a transformation by URL, as not emulated', async () => {
    const { emulator } = openAccount()
    const url = 'https://example.com/cdn-cgi/image/width=80/https://example.com/a.png'
    const reply = await emulator.fetch(new Request(url))
    expect([reply.status, await reply.text()]).toEqual([
      501,
      expect.stringContaining('other hosts'),
    ])
  })

  test('a private image without a signature', async () => {
    const account = openAccount()
    const reply = await account.get(`/${await put(account, { requireSignedURLs: 'true' })}/public`)
    expect(reply.status).toBe(403)
    expect(await reply.text()).toMatch(/^ERROR 9425: Image access denied/)
  })

  test('a signature made for another image, and one that has expired', async () => {
    const account = openAccount()
    const [one, other] = [
      await put(account, { requireSignedURLs: 'true' }),
      await put(account, { requireSignedURLs: 'true' }),
    ]
    const exp = account.clock.now / 1000 + 60
    const url = await signed(one, exp)
    expect((await account.get(url)).status).toBe(200)
    expect((await account.get(url.replace(one, other))).status).toBe(403)
    account.clock.now += 61_000
    expect((await account.get(url)).status).toBe(403)
  })

  test('a list of options, signed or not', async () => {
    const account = openAccount()
    const id = await put(account, { requireSignedURLs: 'true' })
    const reply = await account.get(await signed(id, account.clock.now / 1000 + 60, 'w=400'))
    expect([reply.status, reply.headers.get('Cf-Resized')]).toEqual([403, 'err=9429'])
  })
})

describe('serves', () => {
  test('a custom id with slashes, and the same on a custom domain', async () => {
    const account = openAccount()
    await put(account, { id: 'a/b c%d' })
    expect((await account.get('/a/b%20c%25d/public')).status).toBe(200)
    const url = `https://shop.example/cdn-cgi/imagedelivery/${localAccount.accountHash}/a/b%20c%25d/public`
    expect((await account.emulator.fetch(new Request(url))).status).toBe(200)
  })

  test('a variant that never requires signed URLs of a private image', async () => {
    const open = { ...publicVariant, id: 'open', neverRequireSignedURLs: true }
    const account = openAccount({ variants: [publicVariant, open] })
    const id = await put(account, { requireSignedURLs: 'true' })
    expect((await account.get(`/${id}/open`)).status).toBe(200)
    expect((await account.get(`/${id}/public`)).status).toBe(403)
  })

  test('an SVG in its own size, unable to run anything', async () => {
    const account = openAccount()
    const reply = await account.get(`/${await put(account)}/public`)
    expect(reply.headers.get('Content-Type')).toBe('image/svg+xml')
    expect(reply.headers.get('Content-Security-Policy')).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    )
    expect(reply.headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(await reply.text()).toMatch(/^<svg [^>]*width="4" height="2"\/>$/)
  })

  test('an SVG without what could run', async () => {
    const account = openAccount()
    const source = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><g/></svg>'
    const file = new File([source], 'a.svg', { type: 'image/svg+xml' })
    const id = String((await read(await account.api('POST', '/v1', toForm({ file })))).result['id'])
    const text = await (await account.get(`/${id}/public`)).text()
    expect(text).toContain('<g/>')
    expect(text).not.toContain('alert')
  })

  test('all of a picture to who asks for a range of it', async () => {
    const account = openAccount()
    const path = `/${await put(account)}/public`
    const reply = await account.get(path, { Range: 'bytes=0-9' })
    expect(reply.status).toBe(200)
    expect(await reply.text()).toBe(await (await account.get(path)).text())
  })

  test('headers alone to HEAD', async () => {
    const account = openAccount()
    const url = `https://imagedelivery.net/${localAccount.accountHash}/${await put(account)}/public`
    const whole = await (await account.emulator.fetch(new Request(url))).arrayBuffer()
    const reply = await account.emulator.fetch(new Request(url, { method: 'HEAD' }))
    expect(reply.headers.get('Content-Length')).toBe(String(whole.byteLength))
    expect(await reply.text()).toBe('')
  })

  test('no raster picture where there is no picture library', async () => {
    const account = openAccount()
    const png = new Blob([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])])
    const { id, uploadURL } = await account.slot()
    expect((await account.upload(uploadURL, png)).status).toBe(200)
    const reply = await account.get(`/${id}/public`)
    expect(reply.status).toBe(501)
    expect(await reply.text()).toContain('pixels')
  })
})

test('a picture is made to its end although who asked first has left', async () => {
  const made: (() => void)[] = []
  const account = openAccount({
    pixels: {
      inspect: async () => ({ width: 4, height: 4, frames: 1 }),
      async resize() {
        await new Promise<void>((resolve) => made.push(resolve))
        return new Uint8Array([7])
      },
    },
  })
  const { id, uploadURL } = await account.slot()
  await account.upload(uploadURL, new Blob(['GIF89a']))
  const url = `https://imagedelivery.net/${localAccount.accountHash}/${id}/public`
  const leaving = new AbortController()
  const first = account.emulator.fetch(new Request(url, { signal: leaving.signal }))
  await expect.poll(() => made.length).toBe(1)
  const second = account.get(`/${id}/public`)
  leaving.abort()
  made[0]?.()
  expect(new Uint8Array(await (await second).arrayBuffer())).toEqual(new Uint8Array([7]))
  await first.catch(() => {})
  expect(made).toHaveLength(1)
})

describe('caching', () => {
  test('lets anybody keep a public picture for two days', async () => {
    const account = openAccount()
    const reply = await account.get(`/${await put(account)}/public`)
    expect(reply.headers.get('Cache-Control')).toBe(
      'public, max-age=172800, stale-while-revalidate=7200',
    )
    expect(reply.headers.get('Vary')).toBe('Accept')
  })

  test.each([
    [{ browserTtlSeconds: 7200 }, undefined, 7200],
    [{ browserTtlSeconds: 7200 }, 86_400, 86_400],
    [{ browserTtlSeconds: null }, 31_536_000, 31_536_000],
  ])('for the time of the account %o, or of the variant %s', async (ttl, browser_ttl, seconds) => {
    const options = { ...publicVariant.options, ...(browser_ttl && { browser_ttl }) }
    const account = openFlexible({ ...ttl, variants: [{ ...publicVariant, options }] })
    const reply = await account.get(`/${await put(account)}/public`)
    expect(reply.headers.get('Cache-Control')).toContain(`public, max-age=${seconds}, `)
  })

  test('lets the viewer keep a private one until the URL expires, an hour at most', async () => {
    const account = openAccount()
    const id = await put(account, { requireSignedURLs: 'true' })
    const seconds = account.clock.now / 1000
    const soon = await account.get(await signed(id, seconds + 90))
    const late = await account.get(await signed(id, seconds + 86_400))
    expect(soon.headers.get('Cache-Control')).toBe('private, max-age=90')
    expect(late.headers.get('Cache-Control')).toBe('private, max-age=3600')
  })

  test('answers 304 to who has the picture', async () => {
    const account = openAccount()
    const path = `/${await put(account)}/public`
    const tag = (await account.get(path)).headers.get('ETag') ?? ''
    const reply = await account.get(path, { 'If-None-Match': `"other", W/${tag}` })
    expect(reply.status).toBe(304)
    expect(reply.headers.get('ETag')).toBe(tag)
    expect((await account.get(path, { 'If-None-Match': '"other"' })).status).toBe(200)
  })
})
