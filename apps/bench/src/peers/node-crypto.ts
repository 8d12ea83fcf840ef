/** The documented recipe by hand, on what Node alone has: nothing is checked, and nothing waits. */
import { createHmac } from 'node:crypto'
import type { Case } from '../timing/time-calls.ts'
import { EXPIRES_AT, inTurn, paths, SIGNING_KEY } from './signing-terms.ts'

const one: Case = {
  async prepare() {
    const next = inTurn(paths)
    return { call: async () => sign(next()) }
  },
}

const page: Case = {
  async prepare() {
    return { call: async () => paths.map(sign) }
  },
}

export const cases = { one, page }

function sign(path: string): string {
  const text = `${path}?exp=${EXPIRES_AT / 1000}`
  const sig = createHmac('sha256', SIGNING_KEY).update(text).digest('hex')
  return `https://imagedelivery.net${text}&sig=${sig}`
}
