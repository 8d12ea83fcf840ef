/** The demo's sign-in: everybody who comes is given a name, in a signed cookie. */
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Principal } from '@lightfast/server'
import { Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { parse } from 'hono/utils/cookie'
import { jwtVerify, SignJWT } from 'jose'

export interface Session {
  readonly authenticate: (request: Request) => Promise<Principal | null>
  /** `POST /session`: answers who is signed in, after signing in whoever is not. */
  readonly routes: Hono
}

const COOKIE = 'lightfast_session'
const DAYS = 30
const KEY_BYTES = 32
const claims = { issuer: 'lightfast-demo', audience: 'lightfast-demo' }

/** Makes the sessions of this demo, signed with a key that stays in the data folder. */
export function createSession(dataPath: string): Session {
  const key = readKey(join(dataPath, 'session.key'))
  const routes = new Hono().post('/session', async (c) => {
    const known = await verify(getCookie(c, COOKIE), key)
    const id = known?.id ?? crypto.randomUUID()
    const maxAge = DAYS * 24 * 3600
    setCookie(c, COOKIE, await sign(id, key), {
      httpOnly: true,
      sameSite: 'Lax',
      path: '/',
      maxAge,
    })
    return c.json({ userId: id })
  })
  return {
    authenticate: (request) => verify(parse(request.headers.get('cookie') ?? '')[COOKIE], key),
    routes,
  }
}

function sign(id: string, key: Uint8Array): Promise<string> {
  return new SignJWT()
    .setProtectedHeader({ alg: 'HS256', typ: 'session+jwt' })
    .setIssuer(claims.issuer)
    .setAudience(claims.audience)
    .setSubject(id)
    .setIssuedAt()
    .setExpirationTime(`${DAYS}d`)
    .sign(key)
}

async function verify(token: string | undefined, key: Uint8Array): Promise<Principal | null> {
  if (token === undefined) return null
  try {
    const { payload } = await jwtVerify(token, key, {
      ...claims,
      algorithms: ['HS256'],
      typ: 'session+jwt',
      requiredClaims: ['sub', 'exp'],
    })
    return payload.sub ? { id: payload.sub } : null
  } catch {
    return null
  }
}

function readKey(path: string): Uint8Array {
  if (!existsSync(path)) writeFileSync(path, randomBytes(KEY_BYTES), { mode: 0o600, flag: 'wx' })
  const key = readFileSync(path)
  if (key.length === KEY_BYTES) return key
  throw new Error(`${path} is not a session key: remove it, and a new one is made.`)
}
