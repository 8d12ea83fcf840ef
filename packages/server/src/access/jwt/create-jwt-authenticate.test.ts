import { exportJWK, exportPKCS8, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import type { JWTPayload } from 'jose'
import { describe, expect, test } from 'vitest'
import type { Principal } from '../principal.ts'
import { createJwtAuthenticate } from './create-jwt-authenticate.ts'
import type { JwtAuthenticateOptions } from './jwt-options.ts'
import type { JwtRefusal } from './jwt-refusal.ts'
import type { ReadClaims } from './read-claims.ts'

const NOON = Date.parse('2026-11-29T12:00:00Z')
const noon = NOON / 1000
const secret = new TextEncoder().encode('a secret of this test, 32 bytes!')
const pair = await generateKeyPair('RS256', { extractable: true })
const publicPem = await exportSPKI(pair.publicKey)
const publicJwk = await exportJWK(pair.publicKey)
const privatePem = await exportPKCS8(pair.privateKey)
const privateJwk = await exportJWK(pair.privateKey)

const rules = {
  issuer: 'https://issuer.test',
  audience: 'pictures',
  typ: 'at+jwt',
  claims: { groups: 'roles', tenantId: 'org', tier: 'plan' },
  now: () => NOON,
}
const bySecret = { ...rules, keys: { secrets: { one: secret } }, algorithms: ['HS256'] } as const
const byPublicKey = {
  ...rules,
  keys: { publicKeys: { one: publicPem } },
  algorithms: ['RS256'],
} as const

const header = { alg: 'HS256', typ: 'at+jwt', kid: 'one' }
const payload = {
  iss: 'https://issuer.test',
  aud: 'pictures',
  sub: 'ada',
  iat: noon - 60,
  exp: noon + 60,
}

function sign(changes: object = {}, headers: object = {}, key = secret): Promise<string> {
  const token = new SignJWT({ ...payload, ...changes })
  return token.setProtectedHeader({ ...header, ...headers }).sign(key)
}

function signWithPrivateKey(headers: object = {}): Promise<string> {
  const token = new SignJWT(payload).setProtectedHeader({ ...header, alg: 'RS256', ...headers })
  return token.sign(pair.privateKey)
}

const make = (changes: object) => () =>
  createJwtAuthenticate({ ...bySecret, ...JSON.parse(JSON.stringify(changes)) })
const publicKeys = (one: unknown) => ({ keys: { publicKeys: { one } }, algorithms: ['RS256'] })

const ask = (options: Partial<JwtAuthenticateOptions>, headers: Record<string, string>) =>
  createJwtAuthenticate({ ...bySecret, ...JSON.parse('{}'), ...options })(
    new Request('https://app.test/', { headers }),
  )

const findToken = ({ headers }: Request) => headers.get('x-token')

const fail = (): never => {
  throw new Error('The log is full.')
}

/** As an app would, that trusts its issuer: it trips where there is no realm. */
function readRealm(given: JWTPayload): ReturnType<ReadClaims> {
  const { realm } = JSON.parse(JSON.stringify(given))
  return { groups: realm.roles }
}

/** Has a token say that it ends later, and leaves its signature as it is. */
function stretch(token: string): string {
  const [head, , signature] = token.split('.')
  const longer = btoa(JSON.stringify({ ...payload, exp: noon + 9e6 }))
  return `${head}.${longer.replace(/=+$/, '')}.${signature}`
}

function cut(token: string): string {
  return token.slice(0, token.lastIndexOf('.') + 1)
}

/** Whom a token names, and what is told if that is nobody. */
async function read(
  token: string,
  options: JwtAuthenticateOptions = bySecret,
): Promise<Principal | readonly JwtRefusal[]> {
  const refused: JwtRefusal[] = []
  const onRefused = (reason: JwtRefusal) => refused.push(reason)
  const authenticate = createJwtAuthenticate({ ...options, onRefused })
  const headers = { authorization: `Bearer ${token}` }
  return (await authenticate(new Request('https://app.test/', { headers }))) ?? refused
}

describe('a token names', () => {
  test('whom it says, with the groups, tenant and tier of its claims', async () => {
    const token = await sign({ roles: ['image_viewer'], org: 'lovelace', plan: 'free' })
    expect(await read(token)).toEqual({
      id: 'ada',
      groups: ['image_viewer'],
      tenantId: 'lovelace',
      tier: 'free',
    })
  })

  test('somebody of no group, tenant or tier, if it has no such claims or they are null', async () => {
    const bare = { id: 'ada', groups: [], tenantId: null, tier: null }
    expect(await read(await sign())).toEqual(bare)
    expect(await read(await sign({ org: null, plan: null }))).toEqual(bare)
    const { claims: _, ...unnamed } = bySecret
    expect(await read(await sign({ groups: ['admin'], tenantId: 't' }), unnamed)).toEqual(bare)
  })

  test('what a function makes of its claims', async () => {
    const token = await sign({ realm: { roles: ['a', 'b'] } })
    expect(await read(token, { ...bySecret, claims: readRealm })).toMatchObject({
      groups: ['a', 'b'],
    })
    const oneString = await sign({ realm: { roles: 'a b' } })
    expect(await read(oneString, { ...bySecret, claims: readRealm })).toEqual(['claims'])
    expect(await read(await sign(), { ...bySecret, claims: readRealm })).toEqual(['claims'])
  })

  test.each([
    ['PEM', publicPem],
    ['JWK', publicJwk],
  ])('whom a private key signed for, checked with its public key as %s', async (_, key) => {
    const options = { ...byPublicKey, keys: { publicKeys: { old: publicPem, one: key } } }
    expect(await read(await signWithPrivateKey(), options)).toMatchObject({ id: 'ada' })
    expect(await read(await signWithPrivateKey({ kid: 'two' }), options)).toEqual(['unknown-key'])
  })

  test('the same one while one key replaces another', async () => {
    const next = new TextEncoder().encode('the next secret, also 32 bytes!!')
    const keys = { secrets: { one: secret, two: next } }
    for (const token of [await sign(), await sign({}, { kid: 'two' }, next)]) {
      expect(await read(token, { ...bySecret, keys })).toMatchObject({ id: 'ada' })
    }
    expect(await read(await sign({}, { kid: 'two' }), { ...bySecret, keys })).toEqual(['signature'])
  })
})

describe('a token names nobody', () => {
  const unsigned = new UnsecuredJWT(payload).encode()

  test.each<[name: string, token: string | Promise<string>, reason: JwtRefusal]>([
    ['without a signature (alg none)', unsigned, 'algorithm'],
    ['that is no token', 'nonsense', 'malformed'],
    ['whose signature was cut off', sign().then(cut), 'signature'],
    ['whose expiry was stretched', sign().then(stretch), 'signature'],
    ['of another secret', sign({}, {}, new Uint8Array(32)), 'signature'],
    ['of a key that is not known', sign({}, { kid: 'two' }), 'unknown-key'],
    [
      'of a key with the name of what every object has',
      sign({}, { kid: 'toString' }),
      'unknown-key',
    ],
    ['of no key', sign({}, { kid: undefined }), 'unknown-key'],
    [
      'of an algorithm that is not pinned',
      sign({}, { alg: 'HS512' }, new Uint8Array(64)),
      'algorithm',
    ],
    ['of another type', sign({}, { typ: 'id+jwt' }), 'type'],
    ['of no type', sign({}, { typ: undefined }), 'type'],
    ['of another issuer', sign({ iss: 'https://issuer.test/' }), 'issuer'],
    ['for another audience', sign({ aud: ['music'] }), 'audience'],
    ['for no audience', sign({ aud: undefined }), 'claims'],
    ['without an end', sign({ exp: undefined }), 'claims'],
    ['without a beginning', sign({ iat: undefined }), 'claims'],
    ['without a name', sign({ sub: undefined }), 'claims'],
    ['with an empty name', sign({ sub: '' }), 'claims'],
    ['with a name that no database keeps', sign({ sub: 'ada\0' }), 'claims'],
    ['that has ended', sign({ exp: noon - 6 }), 'expired'],
    ['that counts later', sign({ nbf: noon + 6 }), 'not-yet'],
    ['from the future', sign({ iat: noon + 6 }), 'not-yet'],
    ['whose groups are one string', sign({ roles: 'image_admin' }), 'claims'],
    ['whose groups are not all names', sign({ roles: ['a', 1] }), 'claims'],
    ['whose tenant is a number', sign({ org: 7 }), 'claims'],
    ['whose tenant is empty', sign({ org: '' }), 'claims'],
    ['whose tier is an object', sign({ plan: {} }), 'claims'],
    ['that is too long', sign({ extra: 'x'.repeat(9000) }), 'malformed'],
  ])('%s', async (_, token, reason) => {
    expect(await read(await token)).toEqual([reason])
  })

  test('signed with the public key’s own bytes as if they were a secret', async () => {
    const forged = await sign({}, {}, new TextEncoder().encode(publicPem))
    expect(await read(forged, byPublicKey)).toEqual(['algorithm'])
  })

  test('that is older than the app allows, though it has not ended', async () => {
    const token = await sign({ iat: noon - 7200, exp: noon + 60 })
    expect(await read(token)).toMatchObject({ id: 'ada' })
    expect(await read(token, { ...bySecret, maxAgeMs: 3_600_000 })).toEqual(['expired'])
  })

  test('of a key that is not for its algorithm', async () => {
    const { privateKey } = await generateKeyPair('ES256')
    const token = await new SignJWT(payload)
      .setProtectedHeader({ ...header, alg: 'ES256' })
      .sign(privateKey)
    const both = { ...byPublicKey, algorithms: ['RS256', 'ES256'] } as const
    expect(await read(token, both)).toEqual(['unknown-key'])
  })

  test('but clocks may differ by a little', async () => {
    expect(await read(await sign({ exp: noon - 4, nbf: noon + 4, iat: noon + 4 }))).toMatchObject({
      id: 'ada',
    })
    expect(await read(await sign({ exp: noon - 4 }), { ...bySecret, clockToleranceMs: 0 })).toEqual(
      ['expired'],
    )
  })
})

describe('a token is looked for', () => {
  test('in the header of bearers, and nowhere else', async () => {
    const token = await sign()
    expect(await ask({}, { authorization: `bearer ${token}` })).toMatchObject({ id: 'ada' })
    expect(await ask({}, { authorization: `Basic ${token}` })).toBeNull()
    expect(await ask({}, { authorization: `Bearer ${token}, Bearer ${token}` })).toBeNull()
    expect(await ask({}, { cookie: `session=${token}` })).toBeNull()
  })

  test('in a cookie, if one is named', async () => {
    const token = { cookie: 'session' }
    expect(await ask({ token }, { cookie: `a=b; session=${await sign()}` })).toMatchObject({
      id: 'ada',
    })
    expect(await ask({ token }, { cookie: `other=${await sign()}` })).toBeNull()
    expect(await ask({ token }, {})).toBeNull()
  })

  test('wherever a function finds it; one that throws finds nobody', async () => {
    expect(await ask({ token: findToken }, { 'x-token': await sign() })).toMatchObject({
      id: 'ada',
    })
    expect(await ask({ token: findToken }, {})).toBeNull()
    expect(await ask({ token: fail }, {})).toBeNull()
  })

  test('and a sender without one is no refusal', async () => {
    const refused: JwtRefusal[] = []
    await ask({ onRefused: (reason) => refused.push(reason) }, {})
    expect(refused).toEqual([])
  })

  test('though whoever listens to refusals fails', async () => {
    expect(await ask({ onRefused: fail }, { authorization: 'Bearer nonsense' })).toBeNull()
  })
})

describe('keys and rules that keep nobody out are refused when it is made', () => {
  test.each<[name: string, changes: object, message: string]>([
    ['no algorithm', { algorithms: [] }, '"algorithms" names none'],
    ['the algorithm none', { algorithms: ['none'] }, '"algorithms" names "none"'],
    ['a public algorithm with secrets', { algorithms: ['HS256', 'RS256'] }, 'names "RS256"'],
    [
      'a secret algorithm with public keys',
      { ...publicKeys(publicPem), algorithms: ['HS256'] },
      'names "HS256"',
    ],
    ['a short secret', { keys: { secrets: { one: 'x'.repeat(31) } } }, 'has 31 bytes: give it 32'],
    [
      'a short secret for its algorithm',
      { keys: { secrets: { one: 'x'.repeat(63) } }, algorithms: ['HS512'] },
      'give it 64',
    ],
    ['no key', { keys: { secrets: {} } }, 'holds no key'],
    ['a private key in PEM', publicKeys(privatePem), 'is no public key'],
    ['a private key in JWK', publicKeys(privateJwk), 'is no public key'],
    ['a secret in JWK', publicKeys({ kty: 'oct', k: 'c2VjcmV0' }), 'is no public key'],
    ['no issuer', { issuer: '' }, '"issuer" is required'],
    ['no audience', { audience: [] }, '"audience" is required'],
    ['no type', { typ: null }, '"typ" is required'],
    ['a tolerance of hours', { clockToleranceMs: 3_600_000 }, 'clockToleranceMs'],
    ['an age that is none', { maxAgeMs: 0 }, 'maxAgeMs'],
    [
      'keys over plain http',
      { keys: { jwksUrl: 'http://issuer.test/keys' }, algorithms: ['RS256'] },
      '"jwksUrl" must be',
    ],
    [
      'keys of a host that only looks like this machine',
      { keys: { jwksUrl: 'http://127.0.0.1.evil.test/' }, algorithms: ['RS256'] },
      '"jwksUrl" must be',
    ],
    [
      'keys behind a password',
      { keys: { jwksUrl: 'https://a:b@issuer.test/' }, algorithms: ['RS256'] },
      '"jwksUrl" must be',
    ],
    [
      'keys at no address',
      { keys: { jwksUrl: '/keys' }, algorithms: ['RS256'] },
      '"jwksUrl" must be',
    ],
  ])('%s', (_, changes, message) => {
    expect(make(changes)).toThrow(message)
  })

  test('and nothing of a key is in what is said of it', () => {
    const short = 'x1y2z3'.repeat(4)
    const made = [
      make({ keys: { secrets: { one: short } } }),
      make(publicKeys(short)),
      make(publicKeys(privatePem)),
      make(publicKeys(privateJwk)),
    ]
    for (const one of made) {
      expect(one).toThrow(/"one"/)
      expect(one).not.toThrow(/x1y2z3|PRIVATE/)
      expect(one).not.toThrow(`${privateJwk.d}`)
    }
  })
})
