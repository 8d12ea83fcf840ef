import { createServer } from 'node:http'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { createJwtAuthenticate } from '../access/jwt/create-jwt-authenticate.ts'
import type { JwtRefusal } from '../access/jwt/jwt-refusal.ts'
import type { Authenticate } from '../access/principal.ts'

const MINUTE = 60_000
const algorithm = 'ES256'
const pairs = {
  old: await generateKeyPair(algorithm, { extractable: true }),
  new: await generateKeyPair(algorithm, { extractable: true }),
}
type Kid = keyof typeof pairs

/** An issuer, over a socket: what it publishes, and whether it can. */
const issuer = { published: ['old'] as readonly Kid[], status: 200, asked: 0, location: '' }
const server = createServer((_, response) => {
  issuer.asked += 1
  const headers = issuer.location === '' ? {} : { location: issuer.location }
  response.writeHead(issuer.status, { 'content-type': 'application/json', ...headers })
  void toJwks(issuer.published).then((keys) => response.end(JSON.stringify({ keys })))
})

let jwksUrl = ''
let refused: JwtRefusal[] = []
let authenticate: Authenticate

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('There is no port.')
  jwksUrl = `http://127.0.0.1:${address.port}/keys`
})
afterAll(() => server.close())

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-29T12:00:00Z') })
  Object.assign(issuer, { published: ['old'], status: 200, asked: 0, location: '' })
  refused = []
  authenticate = createJwtAuthenticate({
    keys: { jwksUrl, cacheMs: 10 * MINUTE, cooldownMs: MINUTE, keepMs: 60 * MINUTE },
    algorithms: [algorithm],
    issuer: 'https://issuer.test',
    audience: 'pictures',
    typ: 'at+jwt',
    onRefused: (reason) => refused.push(reason),
  })
  return () => vi.useRealTimers()
})

test('asks an issuer once for its keys, and goes by them', async () => {
  const names = await Promise.all(Array.from({ length: 20 }, () => signIn('old')))
  expect(new Set(names)).toEqual(new Set(['ada']))
  expect(await signIn('new')).toBeUndefined()
  expect(refused).toEqual(['unknown-key'])
  expect(issuer.asked).toBe(1)
})

test('learns of a new key when a token names it, and asks about strangers no more than once a minute', async () => {
  await signIn('old')
  issuer.published = ['old', 'new']
  pass(2 * MINUTE)
  expect(await signIn('new')).toBe('ada')
  expect(await signIn('old')).toBe('ada')
  expect(issuer.asked).toBe(2)
})

test('a key that is no longer published counts no longer', async () => {
  await signIn('old')
  issuer.published = ['new']
  pass(11 * MINUTE)
  expect(await signIn('old')).toBeUndefined()
  expect(await signIn('new')).toBe('ada')
})

test('goes on with the last keys while the issuer is down, and asks it no more than once a minute', async () => {
  await signIn('old')
  issuer.status = 503
  pass(11 * MINUTE)
  for (let times = 0; times < 5; times += 1) expect(await signIn('old')).toBe('ada')
  expect(issuer.asked).toBe(2)
  expect(await signIn('new')).toBeUndefined()
  pass(2 * MINUTE)
  Object.assign(issuer, { status: 200, published: ['new'] })
  expect(await signIn('new')).toBe('ada')
  expect(await signIn('old')).toBeUndefined()
})

test('but not for ever', async () => {
  await signIn('old')
  issuer.status = 503
  pass(61 * MINUTE)
  expect(await signIn('old')).toBeUndefined()
  expect(refused).toEqual(['keys-unavailable'])
})

test('names nobody while there never was a key', async () => {
  issuer.status = 503
  expect(await signIn('old')).toBeUndefined()
  expect(refused).toEqual(['keys-unavailable'])
  issuer.status = 200
  expect(await signIn('old')).toBe('ada')
})

test('follows an issuer to no other address', async () => {
  Object.assign(issuer, { status: 302, location: `${jwksUrl}/moved` })
  expect(await signIn('old')).toBeUndefined()
  expect(issuer.asked).toBe(1)
})

function pass(ms: number): void {
  vi.setSystemTime(Date.now() + ms)
}

async function signIn(kid: Kid): Promise<string | undefined> {
  const token = await new SignJWT({ sub: 'ada' })
    .setProtectedHeader({ alg: algorithm, typ: 'at+jwt', kid })
    .setIssuer('https://issuer.test')
    .setAudience('pictures')
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(pairs[kid].privateKey)
  const headers = { authorization: `Bearer ${token}` }
  return (await authenticate(new Request('https://app.test/', { headers })))?.id
}

function toJwks(kids: readonly Kid[]): Promise<object[]> {
  return Promise.all(
    kids.map(async (kid) => ({ ...(await exportJWK(pairs[kid].publicKey)), kid, use: 'sig' })),
  )
}
