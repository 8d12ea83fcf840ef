import { describe, expect, test } from 'vitest'
import vectors from '../../fixtures/signed-urls.json' with { type: 'json' }
import { defaultSettings } from '../settings.ts'
import { judgeSignature } from './signature.ts'
import type { EmulatorSettings } from '../settings.ts'

const early = Date.parse('2021-09-01T00:00:00Z')
const keys = [{ name: 'default', value: vectors.key }]

async function judge(
  url: string,
  settings: Partial<EmulatorSettings> = {},
  now: number = early,
): Promise<string> {
  const rules = { keys, now, settings: { ...defaultSettings, ...settings } }
  return (await judgeSignature(new URL(url, 'https://imagedelivery.net'), rules)).status
}

const [first] = vectors.vectors
const url = `${first?.signed}&sig=${first?.sig}`

describe('accepts', () => {
  test.each(vectors.vectors)('$name', async ({ signed, sig }) => {
    expect(await judge(`${signed}&sig=${sig}`)).toBe('valid')
  })

  test('both forms of a URL without expiry, or the one that is set', async () => {
    for (const { form, path, sig } of vectors.unexpiring) {
      const unexpiringForm = form === 'bare' ? 'bare' : 'question-mark'
      const other = form === 'bare' ? 'question-mark' : 'bare'
      expect(await judge(`${path}?sig=${sig}`)).toBe('valid')
      expect(await judge(`${path}?sig=${sig}`, { unexpiringForm })).toBe('valid')
      expect(await judge(`${path}?sig=${sig}`, { unexpiringForm: other })).toBe('invalid')
    }
  })

  test('any of several keys', async () => {
    const several = [{ name: 'new', value: 'another' }, ...keys]
    const rules = { keys: several, now: early, settings: defaultSettings }
    const verdict = await judgeSignature(new URL(url, 'https://imagedelivery.net'), rules)
    expect(verdict).toEqual({ status: 'valid', expiresAt: 1631289275000 })
  })

  test('a signature of the plain path on a custom domain, if so set', async () => {
    const onDomain = `/cdn-cgi/imagedelivery${url}`
    expect(await judge(onDomain, { customDomainPath: 'without-prefix' })).toBe('valid')
    expect(await judge(onDomain)).toBe('invalid')
  })
})

describe('refuses', () => {
  test('a URL that is not signed', async () => {
    expect(await judge(first?.signed ?? '')).toBe('unsigned')
  })
  test('one flipped digit', async () => {
    expect(await judge(url.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')))).toBe('invalid')
  })
  test('a signature made for another variant', async () => {
    expect(await judge(url.replace('/mobile', '/public'))).toBe('invalid')
  })
  test('a later expiry than was signed', async () => {
    expect(await judge(url.replace('exp=1631289275', 'exp=4102444800'))).toBe('invalid')
  })
  test('an expiry that was cut away', async () => {
    expect(await judge(url.replace('exp=1631289275&', ''))).toBe('invalid')
  })
  test('a URL that has expired', async () => {
    expect(await judge(url, {}, 1631289275_001)).toBe('expired')
    expect(await judge(url, {}, 1631289275_000)).toBe('valid')
  })
  test('upper-case digits', async () => {
    expect(await judge(url.replace(first?.sig ?? '', (sig) => sig.toUpperCase()))).toBe('invalid')
  })
  test('parameters in another order', async () => {
    const third = vectors.vectors[2]
    const reordered = third?.signed.replace(
      'download=1&exp=1631289275',
      'exp=1631289275&download=1',
    )
    expect(await judge(`${reordered}&sig=${third?.sig}`)).toBe('invalid')
  })
  test('the key read as hex or base64', async () => {
    const hex = [...new TextEncoder().encode(vectors.key)].map((byte) => byte.toString(16)).join('')
    for (const value of [hex, btoa(vectors.key)]) {
      const rules = { keys: [{ name: 'k', value }], now: early, settings: defaultSettings }
      const verdict = await judgeSignature(new URL(url, 'https://imagedelivery.net'), rules)
      expect(verdict.status).toBe('invalid')
    }
  })
})
