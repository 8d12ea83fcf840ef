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
  expect(await authenticate(withCookie(cookie.split(';')[0] ?? ''))).toEqual({ id: userId })
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
  expect(await authenticate(withCookie(`lightfast_session=${good}`))).toEqual({ id: 'eve' })
})

test('the key is read by its owner only, and one that broke off is not used', () => {
  createSession(folder)
  expect(statSync(join(folder, 'session.key')).mode % 0o1000).toBe(0o600)
  writeFileSync(join(folder, 'session.key'), '')
  expect(() => createSession(folder)).toThrow(/is not a session key/)
})
