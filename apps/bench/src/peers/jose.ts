/** A token in the URL, as an app without Cloudflare's signatures would make one. */
import { SignJWT } from 'jose'
import type { Case } from '../timing/time-calls.ts'
import { EXPIRES_AT, inTurn, paths, SIGNING_KEY } from './signing-terms.ts'

const algorithm = { name: 'HMAC', hash: 'SHA-256' }

const one: Case = {
  async prepare() {
    const key = await importKey()
    const next = inTurn(paths)
    return { call: () => sign(next(), key) }
  },
}

const page: Case = {
  async prepare() {
    const key = await importKey()
    return { call: () => Promise.all(paths.map((path) => sign(path, key))) }
  },
}

export const cases = { one, page }

/** Once, as ours: importing it anew for each token would be an unkind peer. */
function importKey(): Promise<CryptoKey> {
  const bytes = new TextEncoder().encode(SIGNING_KEY)
  return crypto.subtle.importKey('raw', bytes, algorithm, false, ['sign'])
}

async function sign(path: string, key: CryptoKey): Promise<string> {
  const token = await new SignJWT({ sub: path })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime(EXPIRES_AT / 1000)
    .sign(key)
  return `https://imagedelivery.net/view/${token}`
}
