import { createCall } from '../peers/create-call.ts'
import { createEventBus, createResilience, readClientConfig } from '../peers/shipped.ts'
import type { Attempt } from '../peers/shipped.ts'
import { readAnswer } from './host.ts'
import type { VirtualTime } from './virtual-time.ts'

/** Which of the shipped guards are on. */
export interface Guards {
  readonly budget: 'on' | 'off'
  readonly breaker: 'on' | 'off'
}

export interface SimulatedClientOptions {
  readonly time: VirtualTime
  readonly random: () => number
  readonly guards: Guards
  /** Where attempts arrive. */
  readonly host: (attempt: Attempt) => Promise<Response>
}

/** More than are ever under way: one process stands for a fleet here, and the bulkhead would hide what is measured. */
const bulkhead = { concurrency: 1_000_000 }

/** Never used up. */
const endlessBudget = { tokens: 1_000_000, cost: 1 }

/** Makes a client of the shipped layers, with the defaults of the SDK. Returns what makes one call. */
export function createSimulatedClient(options: SimulatedClientOptions): () => Promise<unknown> {
  const { time, random, guards, host } = options
  const budget = guards.budget === 'off' ? endlessBudget : {}
  const { around, circuits } = createResilience({
    config: readClientConfig({ bulkhead, budget }),
    surroundings: { ...time, random, randomId: () => 'simulated', fetch: refuseToFetch },
    bus: createEventBus(() => undefined),
  })
  if (guards.breaker === 'off') circuits.disable('read')
  const send = around(async (attempt) => attempt.readReply(await host(attempt)))
  return () => send(createCall(time.monotonic(), readAnswer))
}

/** The layers never fetch: the step inside them does. */
const refuseToFetch = (): Promise<Response> => Promise.reject(new TypeError('Nothing is fetched.'))
