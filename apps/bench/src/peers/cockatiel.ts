import {
  BrokenCircuitError,
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleAll,
  handleWhen,
  retry,
  SamplingBreaker,
  timeout,
  TimeoutStrategy,
  wrap,
} from 'cockatiel'
import type { Case } from '../timing/time-calls.ts'
import { ATTEMPTS, OPEN_AFTER, OPEN_MS, returnOne, TIMEOUT_MS } from './terms.ts'

const stack: Case = {
  async prepare() {
    const policy = wrap(createRetry(), createBreaker(), createTimeout())
    return { call: () => policy.execute(returnOne) }
  },
}

const retryAndBreaker: Case = {
  async prepare() {
    const policy = wrap(createRetry(), createBreaker())
    return { call: () => policy.execute(returnOne) }
  },
}

const refusal: Case = {
  rejectsWith: 'breaker is open',
  async prepare() {
    const breaker = await createOpenBreaker()
    const policy = wrap(createRetry(), breaker, createTimeout())
    return { call: () => policy.execute(returnOne) }
  },
}

const refusalByBreaker: Case = {
  rejectsWith: 'breaker is open',
  async prepare() {
    const breaker = await createOpenBreaker()
    return { call: () => breaker.execute(returnOne) }
  },
}

const failing: Case = {
  rejectsWith: 'The host is down',
  async prepare(callsBefore) {
    const breaker = circuitBreaker(handleAll, {
      halfOpenAfter: OPEN_MS,
      breaker: new SamplingBreaker({ threshold: 0.999, duration: OPEN_MS, minimumRps: 1e6 }),
    })
    const policy = wrap(breaker, createTimeout())
    for (let calls = 0; calls < callsBefore; calls += 1) await policy.execute(returnOne)
    return { call: () => policy.execute(fail) }
  },
}

export const cases = { stack, retryAndBreaker, refusal, refusalByBreaker, failing }

const error = new Error('The host is down.')
const fail = (): Promise<number> => Promise.reject(error)

/** A broken circuit is not tried again, as with ours. */
function createRetry() {
  const known = handleWhen((reason) => !(reason instanceof BrokenCircuitError))
  return retry(known, { maxAttempts: ATTEMPTS - 1, backoff: new ExponentialBackoff() })
}

function createBreaker() {
  return circuitBreaker(handleAll, {
    halfOpenAfter: OPEN_MS,
    breaker: new ConsecutiveBreaker(OPEN_AFTER),
  })
}

async function createOpenBreaker() {
  const breaker = createBreaker()
  for (let failures = 0; failures < OPEN_AFTER; failures += 1) {
    await breaker.execute(fail).catch(() => undefined)
  }
  return breaker
}

/** The cheaper of its two ways. */
function createTimeout() {
  return timeout(TIMEOUT_MS, TimeoutStrategy.Cooperative)
}
