import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SignJWT, UnsecuredJWT } from 'jose'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createSession } from './session.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lightfast-session-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

const withCookie = (cookie: string) => new Request('http://localhost/', { headers: { cookie } })
const claims = { iss: 'lightfast-demo', aud: 'lightfast-demo', sub: 'eve', exp: 4_000_000_000 }

test('a name is given once, in a cookie that no script reads and no other site sends', async () => {
  const { routes, authenticate } = createSession(folder)
  const reply = await routes.request('/session', { method: 'POST' })
  const cookie = reply.headers.get('set-cookie') ?? ''
  expect(cookie).toMatch(/HttpOnly/)
  expect(cookie).toMatch(/SameSite=Lax/)
  const { userId } = await reply.json()
  expect(await authenticate(withCookie(cookie.split(';')[0] ?? ''))).toMatchObject({
    id: userId,
    tenantId: userId,
  })
})

test('only what this key has signed by this algorithm names anybody', async () => {
  const { authenticate } = createSession(folder)
  const key = readFileSync(join(folder, 'session.key'))
  const header = { alg: 'HS256', typ: 'session+jwt' }
  const forged = [
    new UnsecuredJWT(claims).encode(),
    await new SignJWT(claims).setProtectedHeader(header).sign(new Uint8Array(32)),
    await new SignJWT(claims).setProtectedHeader({ ...header, alg: 'HS512' }).sign(key),
    await new SignJWT(claims).setProtectedHeader({ ...header, typ: 'JWT' }).sign(key),
    await new SignJWT({ ...claims, exp: 1 }).setProtectedHeader(header).sign(key),
    'nonsense',
    '',
  ]
  for (const token of forged) {
    expect(await authenticate(withCookie(`lightfast_session=${token}`))).toBeNull()
  }
  const good = await new SignJWT(claims).setProtectedHeader(header).sign(key)
  expect(await authenticate(withCookie(`lightfast_session=${good}`))).toMatchObject({ id: 'eve' })
})

test('the key is read by its owner only, and one that broke off is not used', () => {
  createSession(folder)
  expect(statSync(join(folder, 'session.key')).mode % 0o1000).toBe(0o600)
  writeFileSync(join(folder, 'session.key'), '')
  expect(() => createSession(folder)).toThrow(/is not a session key/)
})

test('a visitor goes on as another of their company, and as nobody', async () => {
  const { routes, authenticate } = createSession(folder)
  const reply = await routes.request('/session', { method: 'POST' })
  const { userId } = await reply.json()
  let cookie = reply.headers.get('set-cookie')?.split(';')[0] ?? ''
  const goOn = async (account: string) => {
    const headers = { cookie, 'content-type': 'application/json' }
    const body = JSON.stringify({ account })
    const answer = await routes.request('/session', { method: 'PUT', headers, body })
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie
    return answer
  }
  expect((await goOn('root')).status).toBe(400)
  expect(await (await goOn('free')).json()).toEqual({ userId: `${userId}:free`, account: 'free' })
  expect(await authenticate(withCookie(cookie))).toMatchObject({ tier: 'free', tenantId: userId })
  expect(await (await goOn('nobody')).json()).toEqual({ userId: null, account: 'nobody' })
  expect(await authenticate(withCookie(cookie))).toBeNull()
  await goOn('owner')
  expect(await authenticate(withCookie(cookie))).toMatchObject({ id: userId })
})
