import { importSigningKey, signBatch, signUrl } from '@lightfast/server'
import type { Case } from '../timing/time-calls.ts'
import { EXPIRES_AT, inTurn, SIGNING_KEY, urls } from './signing-terms.ts'

const one: Case = {
  async prepare() {
    const key = await importSigningKey(SIGNING_KEY)
    const next = inTurn(urls)
    return { call: () => signUrl(next(), EXPIRES_AT, key) }
  },
}

const page: Case = {
  async prepare() {
    const key = await importSigningKey(SIGNING_KEY)
    return { call: () => signBatch(urls, EXPIRES_AT, key) }
  },
}

export const cases = { one, page }
