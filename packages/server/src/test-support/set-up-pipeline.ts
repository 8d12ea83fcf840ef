import { ImagesError } from '@lightfast/core'
import type { FailureCode, ImagesErrorDetails } from '@lightfast/core'
import { createEventBus } from '../events.ts'
import type { ClientEvent, ClientEventType } from '../events.ts'
import { defaultBreakerConfig } from '../resilience/breaker-config.ts'
import type { BreakerStore } from '../resilience/breaker-store.ts'
import { defaultBudgetConfig } from '../resilience/budget.ts'
import { defaultBulkheadConfig } from '../resilience/bulkhead.ts'
import { createResilience } from '../resilience/create-resilience.ts'
import type { Resilience, ResilienceConfig } from '../resilience/create-resilience.ts'
import { defaultGateConfig } from '../resilience/gate.ts'
import type { Attempt, Call, Reply, Send } from '../resilience/layer.ts'
import { defaultRetryConfig } from '../resilience/retry-delay.ts'
import { createFleet } from '../resilience/create-fleet.ts'
import { createStoreGuard } from '../resilience/store-guard.ts'
import type { Surroundings } from '../surroundings.ts'
import { makeCall } from './make-call.ts'
import { createVirtualTime } from './virtual-time.ts'
import type { VirtualTime } from './virtual-time.ts'

export interface PipelineOptions {
  /** Figures over the defaults, group by group. */
  readonly figures?: {
    readonly [Group in keyof ResilienceConfig]?: Partial<ResilienceConfig[Group]>
  }
  /** Shared with other pipelines, if given. */
  readonly store?: BreakerStore
  readonly time?: VirtualTime
  readonly random?: () => number
  readonly onListenerError?: (error: unknown) => void
}

/** What stands for Cloudflare. What it resolves to is not looked at: the call's own `readReply` makes the result. */
export type Host = (attempt: Attempt) => Promise<unknown>

/** How a call ended: its result, or the code of its failure, or the error itself if it is none of ours. */
export type Ended = unknown

export interface Rig extends Resilience {
  readonly time: VirtualTime
  readonly send: Send
  /** Everything that was told. */
  readonly events: ClientEvent[]
  readonly on: ReturnType<typeof createEventBus>['on']
  /** Every attempt that was sent. */
  readonly sent: Attempt[]
  /** What answers from now on. */
  host: Host
  /** By how much the clock has jumped, without any timer coming due. */
  skewMs: number
  /** Sends a call like any other, and tells how it ended. */
  readonly call: (given?: Partial<Call>) => Promise<Ended>
  /** The same, and lets so much time pass for it. */
  readonly run: (ms: number, given?: Partial<Call>) => Promise<Ended>
}

const eventTypes: readonly ClientEventType[] = [
  'attempted',
  'called',
  'retried',
  'retry-forgone',
  'refused',
  'circuit-changed',
  'gate-closed',
  'store-degraded',
  'store-restored',
]

/** Puts the whole composition over a clock that a test moves, and a host that does as it is told. */
export function setUpPipeline(options: PipelineOptions = {}): Rig {
  const { store, time = createVirtualTime(), random = () => 0.5 } = options
  const { onListenerError = () => undefined } = options
  const bus = createEventBus(onListenerError)
  const events: ClientEvent[] = []
  const sent: Attempt[] = []
  const surroundings: Surroundings = {
    fetch: () => Promise.reject(new Error('Nothing is fetched here.')),
    now: () => time.now() + rig.skewMs,
    monotonic: () => time.monotonic() + rig.skewMs,
    random,
    randomId: time.randomId,
    schedule: time.schedule,
  }
  const config = toConfig(options)
  const fleet = store && shareWith(store)
  const resilience = createResilience({ config, surroundings, bus, fleet })
  const rig: Rig = {
    ...resilience,
    time,
    send: resilience.around(answer),
    events,
    on: bus.on,
    sent,
    host: async () => undefined,
    skewMs: 0,
    call,
    async run(ms, given) {
      const ended = call(given)
      await time.advance(ms)
      return ended
    },
  }
  for (const type of eventTypes) bus.on(type, (event) => events.push(event))
  return rig

  function answer<Result>(attempt: Attempt<Result>): Promise<Reply<Result>> {
    sent.push(attempt)
    return rig.host(attempt).then(() => attempt.readReply(new Response(null)))
  }

  function call(given: Partial<Call> = {}): Promise<Ended> {
    const deadlineAt = surroundings.monotonic() + 20_000
    const reply = rig.send(makeCall({ deadlineAt, readReply, ...given }))
    return reply.then(({ result }) => result, toEnd)
  }

  function shareWith(shared: BreakerStore) {
    const guard = createStoreGuard({ timeoutMs: 50, surroundings, bus })
    const rules = { ...config.breaker, quorum: 2, orEverybody: true }
    return createFleet({
      store: shared,
      scope: 'account',
      rules,
      refreshMs: 500,
      guard,
      surroundings,
    })
  }
}

async function readReply(): Promise<Reply> {
  return { result: 'done' }
}

/** A failure as the innermost step would throw it. */
export function failWith(code: FailureCode, details: ImagesErrorDetails = {}): Host {
  return () => Promise.reject(new ImagesError(code, 'A test.', details))
}

/** An answer that never comes, and does not end when it is aborted either. */
export const hang: Host = () => new Promise(() => undefined)

function toEnd(error: unknown): Ended {
  return error instanceof ImagesError ? error.code : error
}

function toConfig({ figures = {} }: PipelineOptions): ResilienceConfig {
  return {
    attemptMs: figures.attemptMs ?? 8000,
    retry: { ...defaultRetryConfig, ...figures.retry },
    budget: { ...defaultBudgetConfig, ...figures.budget },
    breaker: { ...defaultBreakerConfig, ...figures.breaker },
    gate: { ...defaultGateConfig, ...figures.gate },
    bulkhead: { ...defaultBulkheadConfig, ...figures.bulkhead },
  }
}
