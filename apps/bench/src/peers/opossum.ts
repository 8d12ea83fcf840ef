import CircuitBreaker from 'opossum'
import pRetry from 'p-retry'
import type { Case } from '../timing/time-calls.ts'
import { ATTEMPTS, OPEN_MS, returnOne, TIMEOUT_MS } from './terms.ts'

/** With p-retry around it, as it has no retry of its own. */
const stack: Case = {
  async prepare() {
    const breaker = createBreaker(returnOne)
    const fire = () => breaker.fire()
    return { call: () => pRetry(fire, { retries: ATTEMPTS - 1 }), end: () => breaker.shutdown() }
  },
}

const refusal: Case = {
  rejectsWith: 'Breaker is open',
  async prepare() {
    const breaker = createBreaker(returnOne)
    const fire = () => breaker.fire()
    const options = { retries: ATTEMPTS - 1, shouldRetry: () => !breaker.opened }
    breaker.open()
    return { call: () => pRetry(fire, options), end: () => breaker.shutdown() }
  },
}

const refusalByBreaker: Case = {
  rejectsWith: 'Breaker is open',
  async prepare() {
    const breaker = createBreaker(returnOne)
    breaker.open()
    return { call: () => breaker.fire(), end: () => breaker.shutdown() }
  },
}

const failing: Case = {
  rejectsWith: 'The host is down',
  async prepare(callsBefore) {
    let action = returnOne
    const breaker = createBreaker(() => action())
    for (let calls = 0; calls < callsBefore; calls += 1) await breaker.fire()
    action = fail
    return { call: () => breaker.fire(), end: () => breaker.shutdown() }
  },
}

export const cases = { stack, refusal, refusalByBreaker, failing }

const error = new Error('The host is down.')
const fail = (): Promise<number> => Promise.reject(error)

/** A rate above 100 is never reached: it opens only by hand. Its window is as long as ours. */
function createBreaker(action: () => Promise<number>) {
  return new CircuitBreaker(action, {
    timeout: TIMEOUT_MS,
    resetTimeout: OPEN_MS,
    rollingCountTimeout: OPEN_MS,
    errorThresholdPercentage: 100,
  })
}
