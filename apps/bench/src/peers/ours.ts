import { ImagesError } from '@lightfast/core'
import { createImagesClient, createResilience, pipeline } from '@lightfast/server'
import type { Call, Layer, Reply, Send } from '@lightfast/server'
import type { Case, Subject } from '../timing/time-calls.ts'
import { createCall } from './create-call.ts'
import { createEventBus, defaultSurroundings as surroundings, readClientConfig } from './shipped.ts'
import type { ClientFigures } from './shipped.ts'
import { ACCOUNT_ID, API_TOKEN, IMAGE_ID, answer } from './stub-host.ts'
import { OPEN_AFTER } from './terms.ts'

/** Every layer around a function that returns 1, as the client has them. */
const stack: Case = {
  async prepare() {
    const send = pipeline(sendAtOnce, ...createLayers())
    return { call: () => send(callWith(succeed)) }
  },
}

const retryAndBreaker: Case = {
  async prepare() {
    const send = pipeline(sendAtOnce, ...pick(createLayers(), ['retryLayer', 'breakerLayer']))
    return { call: () => send(callWith(succeed)) }
  },
}

const refusal: Case = {
  rejectsWith: 'circuit to Cloudflare is open',
  prepare: () => prepareRefusal(createLayers()),
}

const refusalByBreaker: Case = {
  rejectsWith: 'circuit to Cloudflare is open',
  prepare: () => prepareRefusal(pick(createLayers(), ['breakerLayer'])),
}

/** A circuit that counts and never opens. */
const failing: Case = {
  rejectsWith: 'The host is down',
  async prepare(callsBefore) {
    const layers = createLayers({
      breaker: { consecutiveFailures: 1_000_000, minimumCalls: 1_000_000 },
    })
    const send = pipeline(sendAtOnce, ...pick(layers, ['breakerLayer', 'timeoutLayer']))
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

const response = new Response()
const error = new ImagesError('host_unavailable', 'The host is down.')

const sendAtOnce: Send = (call) => call.readReply(response)
const succeed = async (): Promise<Reply> => ({ result: 1 })
const fail = (): Promise<Reply> => Promise.reject(error)

/** With a deadline of its own, as the client makes them. */
const callWith = (readReply: () => Promise<Reply>): Call =>
  createCall(surroundings.monotonic(), readReply)

/** Opens the circuit with calls that are not tried again. */
async function prepareRefusal(layers: readonly Layer[]): Promise<Subject> {
  const send = pipeline(sendAtOnce, ...layers)
  for (let failures = 0; failures < OPEN_AFTER; failures += 1) {
    await send({ ...callWith(fail), repeat: 'never' }).catch(() => undefined)
  }
  return { call: () => send(callWith(succeed)) }
}

function createLayers(figures: ClientFigures = {}): readonly Layer[] {
  const bus = createEventBus(() => undefined)
  return createResilience({ config: readClientConfig(figures), surroundings, bus }).layers
}

/** Layers are told apart by the names of their functions. */
function pick(layers: readonly Layer[], names: readonly string[]): readonly Layer[] {
  const picked = layers.filter(({ name }) => names.includes(name))
  if (picked.length !== names.length) throw new Error(`Some of ${names.join(', ')} are gone.`)
  return picked
}
