/** The demo's sign-in: everybody who comes is given a name, in a signed cookie, and may then be others of a small company. */
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sValidator } from '@hono/standard-validator'
import type { Principal } from '@lightfast/server'
import { Hono } from 'hono'
import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { parse } from 'hono/utils/cookie'
import { jwtVerify, SignJWT } from 'jose'
import * as v from 'valibot'
import { accountNames, isAccountName, toPrincipal } from './accounts.ts'
import type { AccountName } from './accounts.ts'

export interface Session {
  readonly authenticate: (request: Request) => Promise<Principal | null>
  /**
   * `POST /session`: answers who is signed in, after signing in whoever is not. `PUT /session { account }`: goes on as another
   * account of the same visitor.
   */
  readonly routes: Hono
}

const COOKIE = 'lightfast_session'
const DAYS = 30
const KEY_BYTES = 32
const claims = { issuer: 'lightfast-demo', audience: 'lightfast-demo' }

/** Makes the sessions of this demo, signed with a key that stays in the data folder. */
export function createSession(dataPath: string): Session {
  const key = readKey(join(dataPath, 'session.key'))
  const enter = async (c: Context, visitor: Visitor) => {
    const maxAge = DAYS * 24 * 3600
    const cookie = { httpOnly: true, sameSite: 'Lax', path: '/', maxAge } as const
    setCookie(c, COOKIE, await sign(visitor, key), cookie)
    const { id, account } = visitor
    return c.json({ userId: toPrincipal(id, account)?.id ?? null, account })
  }
  const routes = new Hono()
  routes.post('/session', async (c) => {
    const known = await verify(getCookie(c, COOKIE), key)
    return enter(c, known ?? { id: crypto.randomUUID(), account: 'owner' })
  })
  routes.put('/session', sValidator('json', accountSchema), async (c) => {
    const known = await verify(getCookie(c, COOKIE), key)
    if (!known) return c.json({ error: 'Sign in first.' }, 401)
    return enter(c, { ...known, account: c.req.valid('json').account })
  })
  return {
    async authenticate(request) {
      const visitor = await verify(parse(request.headers.get('cookie') ?? '')[COOKIE], key)
      return visitor && toPrincipal(visitor.id, visitor.account)
    },
    routes,
  }
}

/** Who opened the demo, and as whom they go on. */
interface Visitor {
  readonly id: string
  readonly account: AccountName
}

const accountSchema = v.strictObject({ account: v.picklist(accountNames) })

function sign({ id, account }: Visitor, key: Uint8Array): Promise<string> {
  return new SignJWT({ account })
    .setProtectedHeader({ alg: 'HS256', typ: 'session+jwt' })
    .setIssuer(claims.issuer)
    .setAudience(claims.audience)
    .setSubject(id)
    .setIssuedAt()
    .setExpirationTime(`${DAYS}d`)
    .sign(key)
}

async function verify(token: string | undefined, key: Uint8Array): Promise<Visitor | null> {
  if (token === undefined) return null
  try {
    const { payload } = await jwtVerify(token, key, {
      ...claims,
      algorithms: ['HS256'],
      typ: 'session+jwt',
      requiredClaims: ['sub', 'exp'],
    })
    const account = payload['account'] ?? 'owner'
    if (!payload.sub || typeof account !== 'string' || !isAccountName(account)) return null
    return { id: payload.sub, account }
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
