import { ImagesError } from '@lightfast/core'
import { createImagesClient } from '@lightfast/server'
import type { Case, Subject } from '../timing/time-calls.ts'
import { createCall } from './create-call.ts'
import * as shipped from './shipped.ts'
import type { Call, ClientFigures, Layer, Reply, Send, SendAttempt } from './shipped.ts'
import { ACCOUNT_ID, API_TOKEN, IMAGE_ID, answer } from './stub-host.ts'
import { OPEN_AFTER } from './terms.ts'

/** Every layer around a function that returns 1, as the client has them. */
const stack: Case = {
  async prepare() {
    const send = createStack()
    return { call: () => send(callWith(succeed)) }
  },
}

const retryAndBreaker: Case = {
  async prepare() {
    const send = createRetry()(createBreaker({}, noTimers))
    return { call: () => send(callWith(succeed)) }
  },
}

const refusal: Case = {
  rejectsWith: 'circuit is open',
  prepare: () => prepareRefusal(createStack()),
}

const refusalByBreaker: Case = {
  rejectsWith: 'circuit is open',
  prepare: () => prepareRefusal(createTurnAway()),
}

/** A circuit that counts and never opens. */
const failing: Case = {
  rejectsWith: 'The host is down',
  async prepare(callsBefore) {
    const send = createBreaker(neverOpen, surroundings)
    for (let calls = 0; calls < callsBefore; calls += 1) await send(callWith(succeed))
    return { call: () => send(callWith(fail)) }
  },
}

/** Over the API itself, as the others. */
const http: Case = {
  async prepare() {
    const client = createImagesClient({
      accountId: ACCOUNT_ID,
      apiToken: API_TOKEN,
      batch: 'off',
      fetch: answer,
    })
    return { call: () => client.images.get(IMAGE_ID) }
  },
}

export const cases = { stack, retryAndBreaker, refusal, refusalByBreaker, failing, http }

const { defaultSurroundings: surroundings } = shipped
const bus = shipped.createEventBus(() => undefined)
const response = new Response()
const error = new ImagesError('host_unavailable', 'The host is down.')

const sendAtOnce: SendAttempt = (attempt) => attempt.readReply(response)
/** For what is measured without a time limit, as its peers are. */
const noTimers = { ...surroundings, schedule: () => () => undefined }
const succeed = async (): Promise<Reply> => ({ result: 1 })
const fail = (): Promise<Reply> => Promise.reject(error)

/** With a deadline of its own, as the client makes them. */
const callWith = (readReply: () => Promise<Reply>): Call =>
  createCall(surroundings.monotonic(), readReply)

/** Opens the circuit with calls that are not tried again. */
async function prepareRefusal(send: Send): Promise<Subject> {
  for (let failures = 0; failures < OPEN_AFTER; failures += 1) {
    await send({ ...callWith(fail), repeat: 'never' }).catch(() => undefined)
  }
  return { call: () => send(callWith(succeed)) }
}

const neverOpen: ClientFigures = {
  breaker: { consecutiveFailures: 1_000_000, minimumCalls: 1_000_000 },
}

function createStack(): Send {
  const config = shipped.readClientConfig({})
  return shipped.createResilience({ config, surroundings, bus }).around(sendAtOnce)
}

function createRetry(): Layer {
  const { retry, budget } = shipped.readClientConfig({})
  const options = { budget: shipped.createBudget(budget), prices: budget, surroundings, bus }
  return shipped.retry({ config: retry, ...options })
}

function createBreaker(figures: ClientFigures, around: typeof surroundings): Send {
  const { breaker: config, attemptMs } = shipped.readClientConfig(figures)
  const circuits = shipped.createCircuits({ config, surroundings, bus, keys: ['read'] }, undefined)
  const { slowMs } = config
  const guard = shipped.breaker({ circuits, slowMs, fairMs: attemptMs / 4, surroundings, bus })
  return shipped.attempt(sendAtOnce, { guards: [guard], attemptMs, surroundings: around })
}

/** A breaker that is asked first, as the client does it. */
function createTurnAway(): Send {
  const { breaker: config, attemptMs } = shipped.readClientConfig({})
  const circuits = shipped.createCircuits({ config, surroundings, bus, keys: ['read'] }, undefined)
  const guard = shipped.breaker({ circuits, slowMs: 5000, fairMs: 0, surroundings, bus })
  const options = { guards: [guard], attemptMs, surroundings: noTimers }
  const refusal = ({ circuit, operation }: Call) => circuits.find(circuit).turnAway(operation)
  return shipped.turnAway(refusal)(shipped.attempt(sendAtOnce, options))
}
