import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { NOON } from '../testing/store-samples.ts'
import { createViewKeys } from './view-keys.ts'
import type { ViewKeyOptions } from './view-keys.ts'
import type { ViewRight } from './view-right.ts'
import { createViewTokens } from './view-token.ts'

const MINUTE_MS = 60_000
const secret = 'the first secret of these tests, long enough'
const other = 'the second secret of these tests, long enough'
const now = () => NOON

const view: ViewRight = {
  kind: 'view',
  minterId: 'ada',
  tenantId: null,
  imageId: 'image',
  preset: 'wide',
  plan: 'free',
  epochs: [0, 0],
  issuedAt: NOON - MINUTE_MS,
  expiresAt: NOON + 5 * MINUTE_MS,
}
const share: ViewRight = { ...view, kind: 'share', id: 'once', uses: 'once', label: 'r-1' }

/** What a forger may write into a token: all that is right. */
const claims = {
  sub: 'ada',
  img: 'image',
  pre: 'wide',
  epo: [0, 0],
  iss: 'tests',
  aud: 'views',
  iat: NOON / 1000 - 60,
  exp: NOON / 1000 + 300,
}
const header = { alg: 'HS256', kid: 'a', typ: 'lightfast-view+jwt' }

describe('a token', () => {
  test.each([
    ['view', view],
    ['share', share],
    ['of a tenant, without a mark', { ...view, plan: null, tenantId: 'lovelace' }],
  ])('%s is read as it was written, and the same each time', async (_, right) => {
    for (const keys of [[hmac('a')], [await ed25519('a')]]) {
      const tokens = await open(keys)
      const token = await tokens.sign(right)
      expect(await tokens.sign(right)).toBe(token)
      expect(await tokens.verify(token)).toEqual(right)
    }
  })

  test('that was forged by hand, but with the key, is read: all below are refused for what they say', async () => {
    expect(await (await open()).verify(await forge({}))).toBeDefined()
  })

  test.each([
    ['of another type', {}, { typ: 'JWT' }],
    ['of the type of a link', {}, { typ: 'lightfast-share+jwt' }],
    ['without a type', {}, { typ: undefined }],
    ['without an expiry', { exp: undefined }, {}],
    ['without a time', { iat: undefined }, {}],
    ['without a viewer', { sub: undefined }, {}],
    ['without an image', { img: undefined }, {}],
    ['without epochs', { epo: undefined }, {}],
    ['with epochs that are none', { epo: ['0', '0'] }, {}],
    ['with a claim too many', { admin: true }, {}],
    ['for another audience', { aud: 'elsewhere' }, {}],
    ['for several audiences', { aud: ['views', 'elsewhere'] }, {}],
    ['by another issuer', { iss: 'elsewhere' }, {}],
    ['that is over', { exp: NOON / 1000 }, {}],
    ['that ends before it begins', { iat: NOON / 1000 + 900, exp: NOON / 1000 + 600 }, {}],
    ['of a key that is not there', {}, { kid: 'z' }],
    ['of a key with a name of the language', {}, { kid: '__proto__' }],
    ['of no key', {}, { kid: undefined }],
  ])('%s is refused', async (_, changes, heading) => {
    expect(await (await open()).verify(await forge(changes, heading))).toBeUndefined()
  })

  test('without an algorithm is refused', async () => {
    const token = new UnsecuredJWT(claims).encode()
    const [, body = ''] = token.split('.')
    const none = btoa(JSON.stringify({ ...header, alg: 'none' })).replaceAll('=', '')
    for (const forged of [token, `${none}.${body}.`, `${none}.${body}`]) {
      expect(await (await open()).verify(forged)).toBeUndefined()
    }
  })

  test('by another algorithm, with the same bytes for a key, is refused', async () => {
    for (const alg of ['HS384', 'HS512']) {
      const long = 'x'.repeat(64)
      const token = await forge({}, { alg }, new TextEncoder().encode(long))
      const tokens = await open([{ kid: 'a', alg: 'HS256', secret: long }])
      expect(await tokens.verify(token)).toBeUndefined()
    }
  })

  test('signed with a public key as if it were a secret is refused', async () => {
    const pair = await ed25519('a')
    const tokens = await open([pair])
    const publicBytes = new TextEncoder().encode(JSON.stringify({ ...pair.jwk, d: undefined }))
    for (const key of [publicBytes, new TextEncoder().encode(String(pair.jwk.x))]) {
      expect(await tokens.verify(await forge({}, {}, key))).toBeUndefined()
    }
  })

  test('signed by one key in the name of another is refused: no other key is tried', async () => {
    const tokens = await open([hmac('a'), { kid: 'b', alg: 'HS256', secret: other }])
    expect(await tokens.verify(await forge({}, { kid: 'b' }))).toBeUndefined()
    expect(
      await tokens.verify(await forge({}, { kid: 'b' }, new TextEncoder().encode(other))),
    ).toBeDefined()
  })

  test.each([
    ['a later end', { exp: NOON / 1000 + 9999 }],
    ['another preset', { pre: 'huge' }],
    ['no plan', { plan: undefined }],
    ['another image', { img: 'other' }],
    ['another viewer', { sub: 'bob' }],
  ])('into which somebody wrote %s is refused', async (_, changes) => {
    const tokens = await open()
    const [head, body = '', signature] = (await tokens.sign(view)).split('.')
    const written = JSON.stringify({ ...JSON.parse(atob(body)), ...changes })
    const forged = `${head}.${btoa(written).replaceAll('=', '')}.${signature}`
    expect(await tokens.verify(forged)).toBeUndefined()
  })

  test.each(['', '.', '..', 'a.b.c', 'x'.repeat(5000), '../../etc/passwd', '\u0000', 'é.é.é'])(
    'that is none is refused: %j',
    async (token) => {
      expect(await (await open()).verify(token)).toBeUndefined()
    },
  )

  test('that was known is over when its time is', async () => {
    const clock = { now: NOON }
    const tokens = createViewTokens({
      ...names,
      keys: await createViewKeys([hmac('a')]),
      now: () => clock.now,
    })
    const token = await tokens.sign(view)
    expect(await tokens.verify(token)).toBeDefined()
    clock.now = view.expiresAt
    expect(await tokens.verify(token)).toBeUndefined()
  })
})

describe('keys', () => {
  test('are rotated without a picture less: the newest signs, and each verifies its own', async () => {
    const token = await (await open([hmac('a')])).sign(view)
    const after = await open([{ kid: 'b', alg: 'HS256', secret: other }, hmac('a')])
    expect(await after.verify(token)).toEqual(view)
    const fresh = await after.sign(view)
    expect(await (await open([hmac('a')])).verify(fresh)).toBeUndefined()
    expect(
      await (await open([{ kid: 'b', alg: 'HS256', secret: other }])).verify(token),
    ).toBeUndefined()
  })

  test('that only verify are enough where nothing is signed first', async () => {
    const pair = await ed25519('a')
    const { d: _, ...publicPart } = pair.jwk
    const token = await (await open([pair])).sign(view)
    const reader = await open([hmac('b'), { ...pair, jwk: publicPart }])
    expect(await reader.verify(token)).toEqual(view)
  })

  test.each<[string, readonly ViewKeyOptions[]]>([
    ['none', []],
    ['a short secret', [{ kid: 'a', alg: 'HS256', secret: 'x'.repeat(31) }]],
    ['two of one name', [hmac('a'), hmac('a')]],
    ['a strange name', [hmac('a b')]],
    [
      'a key that is none',
      [{ kid: 'a', alg: 'EdDSA', jwk: { kty: 'OKP', crv: 'Ed25519', x: 'AA', d: 'AA' } }],
    ],
    ['a key of another kind', [{ kid: 'a', alg: 'EdDSA', jwk: { kty: 'oct', k: 'AA' } }]],
  ])('%s are told when the ring is made', async (_, keys) => {
    await expect(createViewKeys(keys)).rejects.toThrow(TypeError)
  })

  test('cannot be read back', async () => {
    const keys = await createViewKeys([hmac('a'), await ed25519('b')])
    for (const key of [keys.signer.signKey, keys.find('b')?.signKey])
      expect(key?.extractable).toBe(false)
    expect(JSON.stringify(keys)).not.toContain(secret)
  })
})

const names = { issuer: 'tests', audience: 'views' }

async function open(keys: readonly ViewKeyOptions[] = [hmac('a')]) {
  return createViewTokens({ ...names, keys: await createViewKeys(keys), now })
}

function hmac(kid: string): ViewKeyOptions {
  return { kid, alg: 'HS256', secret }
}

async function ed25519(kid: string) {
  const { privateKey } = await generateKeyPair('EdDSA', { extractable: true })
  return { kid, alg: 'EdDSA' as const, jwk: await exportJWK(privateKey) }
}

async function forge(
  changes: Readonly<Record<string, unknown>>,
  heading: Readonly<Record<string, unknown>> = {},
  key = new TextEncoder().encode(secret),
): Promise<string> {
  return new SignJWT({ ...claims, ...changes })
    .setProtectedHeader({ ...header, ...heading })
    .sign(key)
}
