import { createDefaultPolicy } from '@lightfast/server'
import type { Case } from '../timing/time-calls.ts'
import { ada, images, inTurn } from './policy-questions.ts'

const check: Case = {
  async prepare() {
    const policy = createDefaultPolicy()
    const ask = async (at: number): Promise<boolean> => {
      const image = images[at]
      return image !== undefined && (await policy.check(ada, 'view', image.facts)).allowed
    }
    return { call: inTurn(ask) }
  },
}

const scope: Case = {
  async prepare() {
    const policy = createDefaultPolicy()
    return { call: () => policy.scope(ada, 'view') }
  },
}

export const cases = { check, scope }
