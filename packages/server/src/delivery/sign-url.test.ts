import { buildDeliveryUrl } from '@lightfast/core'
import { describe, expect, test } from 'vitest'
import fixture from '../../../emulator/fixtures/signed-urls.json' with { type: 'json' }
import { importAccountKeys, importSigningKeyRing } from './key-ring.ts'
import { signBatch } from './sign-batch.ts'
import { signUrl } from './sign-url.ts'
import { verifyUrl } from './sign-url-verify.ts'
import { importSigningKey } from './signing-key.ts'

const { key, vectors, hash, id, unexpiring } = fixture
// The SDK signs the plain form alone: an expiry and nothing else.
const own = vectors.filter(({ signed }) => /^[^?]+\?exp=\d+$/.test(signed))
const url = buildDeliveryUrl({ accountHash: hash, imageId: id, variant: 'mobile' })

describe('signUrl', () => {
  test.each(own)('gives the known signature: $name', async ({ signed, sig }) => {
    const [path, exp] = signed.split('?exp=')
    const unsigned = `https://imagedelivery.net${path}`
    const result = await signUrl(unsigned, Number(exp) * 1000, await importSigningKey(key))
    expect(result).toBe(`https://imagedelivery.net${signed}&sig=${sig}`)
  })

  test('knows at least three vectors', () => {
    expect(own.length).toBeGreaterThanOrEqual(3)
  })

  test('gives the signature of another key, hash and id', async () => {
    const path = '/h4sh/0a1b2c3d-0000-4000-8000-000000000001/public'
    const signed = await signUrl(
      `https://imagedelivery.net${path}`,
      1_700_000_000_000,
      await importSigningKey('unit-test-key'),
    )
    // Computed with openssl, and with two other implementations of HMAC.
    expect(new URL(signed).searchParams.get('sig')).toBe(
      '92ffff13209c67c2a66bdd4b42d8f9c9184ccd0f8b9324d759aa29fe3d393edf',
    )
  })

  test('takes the place of an older signature', async () => {
    const signingKey = await importSigningKey(key)
    const once = await signUrl(url, 1000, signingKey)
    expect(await signUrl(once, 1000, signingKey)).toBe(once)
  })

  test.each([
    ['options', `https://imagedelivery.net/h/${id}/w=400`, /flexible variant cannot be signed/],
    ['something drawn', `https://imagedelivery.net/h/${id}/draw=x`, /does not take draw/],
    ['an id of your own', 'https://imagedelivery.net/h/cats/1.png/public', /id of your own/],
    ['another zone', 'https://shop.example/cdn-cgi/image/w=1/a.jpg', /cannot be signed/],
    ['another path', 'https://imagedelivery.net/h/../x/public', /dot segment/],
  ])('refuses %s, as Cloudflare would', async (_, wrong, reason) => {
    const signingKey = await importSigningKey(key)
    await expect(signUrl(wrong, 1000, signingKey)).rejects.toThrow(TypeError)
    await expect(signUrl(wrong, 1000, signingKey)).rejects.toThrow(reason)
    await expect(signBatch([url, wrong], 1000, signingKey)).rejects.toThrow(reason)
  })

  test.each([Number.NaN, Infinity, -1])('refuses the expiry %s', async (expiresAt) => {
    await expect(signUrl(url, expiresAt, await importSigningKey(key))).rejects.toThrow(TypeError)
  })

  test('refuses a variant that everybody may see, or tells of it', async () => {
    const signWith = await importSigningKey(key)
    const openVariants = ['mobile']
    await expect(signUrl(url, 1000, { signWith, openVariants })).rejects.toThrow(/mobile shows/)
    const told: string[] = []
    const onOpenVariant = (variant: string) => void told.push(variant)
    const signed = await signUrl(url, 1000, { signWith, openVariants, onOpenVariant })
    expect(signed).toBe(await signUrl(url, 1000, signWith))
    expect(told).toEqual(['mobile'])
  })
})

const expiryOf = (imageId: string) => (imageId === id ? 1000 : 2000)

test('a batch is signed as each of its URLs would be, with an expiry for each image', async () => {
  const signingKey = await importSigningKey(key)
  const other = url.replace('bc27a117', 'ac27a117')
  expect(await signBatch([url, other], expiryOf, signingKey)).toEqual([
    await signUrl(url, 1000, signingKey),
    await signUrl(other, 2000, signingKey),
  ])
  expect(await signBatch([], 1000, signingKey)).toEqual([])
})

describe('verifyUrl', () => {
  const now = 1_000_000

  test('holds by any key of the ring, of which the newest signs', async () => {
    const [older, newer] = [await importSigningKey('older'), await importSigningKey('newer')]
    const ring = await importSigningKeyRing(['newer', 'older'])
    expect(await signUrl(url, now, ring)).toBe(await signUrl(url, now, newer))
    for (const signingKey of [older, newer]) {
      const signed = await signUrl(url, now, signingKey)
      expect(await verifyUrl(signed, now, ring)).toEqual({ status: 'valid', expiresAt: now })
    }
    const gone = await signUrl(url, now, await importSigningKey('gone'))
    expect(await verifyUrl(gone, now, ring)).toEqual({ status: 'invalid' })
  })

  test('ends at the expiry', async () => {
    const signingKey = await importSigningKey(key)
    const signed = await signUrl(url, now, signingKey)
    expect(await verifyUrl(signed, now + 1, signingKey)).toEqual({ status: 'expired' })
  })

  test.each(vectors)('agrees with the known signature: $name', async ({ signed, sig }) => {
    const all = `https://imagedelivery.net${signed}&sig=${sig}`
    expect(await verifyUrl(all, 0, await importSigningKey(key))).toMatchObject({ status: 'valid' })
  })

  test.each<[string, (signed: string) => string]>([
    ['a digit', (signed) => signed.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'))],
    [
      'the case',
      (signed) => signed.replace(/sig=.*/, (sig) => `sig=${sig.slice(4).toUpperCase()}`),
    ],
    ['the length', (signed) => signed.slice(0, -2)],
    ['the variant', (signed) => signed.replace('mobile', 'public')],
    ['the expiry', (signed) => signed.replace('exp=1000', 'exp=9000')],
    ['the order', (signed) => signed.replace(/\?(.*)&(sig.*)/, '?a=1&$1&$2')],
    ['an expiry more', (signed) => `${signed}&exp=9000`],
    ['a signature more', (signed) => `${signed}&sig=${'0'.repeat(64)}`],
    ['the shape', (signed) => signed.replace('mobile', 'w=400')],
    ['everything', () => 'nothing like it'],
  ])('%s cannot be changed', async (_, change) => {
    const signingKey = await importSigningKey(key)
    const changed = change(await signUrl(url, now, signingKey))
    expect(await verifyUrl(changed, now, signingKey)).toEqual({ status: 'invalid' })
  })

  test.each(unexpiring)('what never expires does not hold: $form', async ({ path, sig }) => {
    const all = `https://imagedelivery.net${path}?sig=${sig}`
    expect(await verifyUrl(all, 0, await importSigningKey(key))).toEqual({ status: 'invalid' })
  })

  test('tells a URL without a signature', async () => {
    expect(await verifyUrl(url, 0, await importSigningKey(key))).toEqual({ status: 'unsigned' })
  })
})

test('no key can be read back', async () => {
  const ring = await importSigningKeyRing(['a-raw-key', 'another'])
  for (const { cryptoKey } of ring.keys) expect(cryptoKey.extractable).toBe(false)
  expect(JSON.stringify(ring)).not.toContain('a-raw-key')
  await expect(importSigningKey('')).rejects.toThrow(TypeError)
  await expect(importSigningKeyRing([])).rejects.toThrow(TypeError)
  await expect(importSigningKeyRing(['a', ''])).rejects.toThrow(TypeError)
})

test('of the keys of an account, the one of the last rotation signs', async () => {
  const newest = { name: 'lightfast-10', value: 'newest' }
  const ring = await importAccountKeys([{ name: 'lightfast-9', value: 'older' }, newest])
  const signed = await signUrl(url, 1000, ring)
  expect(signed).toBe(await signUrl(url, 1000, await importSigningKey('newest')))
  const unknown = ['default', 'second'].map((name) => ({ name, value: name }))
  await expect(importAccountKeys(unknown)).rejects.toThrow(/cannot be told/)
})
