import { buildDeliveryUrl } from '@lightfast/core'
import { describe, expect, test } from 'vitest'
import fixture from '../../../emulator/fixtures/signed-urls.json' with { type: 'json' }
import { bucketExpiry, signUrl } from './sign-url.ts'
import { importSigningKey } from './signing-key.ts'

const { key, vectors } = fixture
// The SDK signs the plain form alone: an expiry and nothing else, on the delivery host.
const own = vectors.filter(({ signed }) => /^\/[^/]+\/[^/]+\/\w+\?exp=\d+$/.test(signed))

describe('signUrl', () => {
  test.each(own)('gives the known signature: $name', async ({ signed, sig }) => {
    const [path, exp] = signed.split('?exp=')
    const url = await signUrl(
      `https://imagedelivery.net${path}`,
      Number(exp) * 1000,
      await importSigningKey(key),
    )
    expect(url).toBe(`https://imagedelivery.net${signed}&sig=${sig}`)
  })

  test('knows at least two vectors', () => {
    expect(own.length).toBeGreaterThanOrEqual(2)
  })

  test('takes the place of an older signature', async () => {
    const signingKey = await importSigningKey(key)
    const url = buildDeliveryUrl({ accountHash: 'h', imageId: 'i', variant: 'v' })
    const once = await signUrl(url, 1000, signingKey)
    expect(await signUrl(once, 1000, signingKey)).toBe(once)
  })

  test('refuses a flexible variant, as Cloudflare would', async () => {
    const signingKey = await importSigningKey(key)
    await expect(signUrl('https://imagedelivery.net/h/i/w=400', 1000, signingKey)).rejects.toThrow(
      TypeError,
    )
  })
})

test('a signing key cannot be read back', async () => {
  const { cryptoKey } = await importSigningKey('a-raw-key')
  expect(cryptoKey.extractable).toBe(false)
  expect(JSON.stringify(await importSigningKey('a-raw-key'))).not.toContain('a-raw-key')
  await expect(importSigningKey('')).rejects.toThrow(TypeError)
})

test('equal rights give equal URLs for the length of a bucket', () => {
  expect(bucketExpiry(1_000_000, 3_600_000, 300_000)).toBe(
    bucketExpiry(1_100_000, 3_600_000, 300_000),
  )
  expect(bucketExpiry(1_000_001, 10, 100)).toBe(1_000_100)
})
