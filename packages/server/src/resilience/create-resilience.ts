import type { EventBus } from '../events.ts'
import type { Surroundings } from '../surroundings.ts'
import { attempt } from './attempt.ts'
import { breaker } from './breaker-guard.ts'
import { fitLease } from './breaker-config.ts'
import type { BreakerConfig } from './breaker-config.ts'
import { createBudget } from './budget.ts'
import type { BudgetConfig } from './budget.ts'
import { createBulkheads } from './bulkhead.ts'
import type { BulkheadConfig } from './bulkhead.ts'
import { createCircuits } from './circuits.ts'
import type { CircuitSnapshot } from './circuit-state.ts'
import type { CircuitControls } from './circuits.ts'
import { createGates } from './gate.ts'
import type { GateConfig } from './gate.ts'
import { pipeline } from './layer.ts'
import type { Call, CircuitKey, GateKey, Send, SendAttempt } from './layer.ts'
import { observe } from './observe.ts'
import { retry } from './retry.ts'
import type { RetryConfig } from './retry-delay.ts'
import type { Fleet } from './create-fleet.ts'
import { turnAway } from './turn-away.ts'

export interface ResilienceConfig {
  readonly attemptMs: number
  readonly retry: RetryConfig
  readonly budget: BudgetConfig
  readonly breaker: BreakerConfig
  readonly gate: GateConfig
  readonly bulkhead: BulkheadConfig
}

export interface ResilienceOptions {
  readonly config: ResilienceConfig
  readonly surroundings: Surroundings
  readonly bus: EventBus
  readonly fleet?: Fleet | undefined
  /** What is called through it, for its status. @default the API's */
  readonly circuitKeys?: readonly CircuitKey[]
  readonly gateKeys?: readonly GateKey[]
}

export interface Resilience {
  /** Puts everything around what sends an attempt: told, turned away, tried again, in line, through the gate, past the breaker, in time. */
  readonly around: (send: SendAttempt) => Send
  readonly circuits: CircuitControls
  readonly status: () => ResilienceStatus
}

/** What holds the client together, at this moment. */
export interface ResilienceStatus {
  readonly circuits: readonly CircuitStatusEntry[]
  readonly budget: { readonly tokens: number; readonly of: number }
  readonly gates: readonly { readonly gate: GateKey; readonly closedMs: number }[]
}

/** A circuit, and how many calls are under way in it and waiting for it. */
export interface CircuitStatusEntry extends CircuitSnapshot {
  readonly active: number
  readonly waiting: number
}

/** Puts the layers in their order, around shared circuits, gates and budget. */
export function createResilience({
  config,
  surroundings,
  bus,
  fleet,
  circuitKeys: keys = ['read', 'write', 'batch'],
  gateKeys = ['api', 'batch'],
}: ResilienceOptions): Resilience {
  const { attemptMs } = config
  const { slowMs } = config.breaker
  const budget = createBudget(config.budget)
  const circuits = createCircuits({ config: fitLease(config), surroundings, bus, keys }, fleet)
  const gates = createGates({
    config: config.gate,
    surroundings,
    bus,
    shared: fleet?.gates,
  })
  const refusal = (call: Call) =>
    call.signal?.aborted ? undefined : circuits.find(call.circuit).turnAway(call.operation)
  const check = (call: Call) => {
    gates.check(call)
    const refused = refusal(call)
    if (refused) throw refused
  }
  const bulkheads = createBulkheads({ config: config.bulkhead, surroundings, bus, check })
  const fairMs = attemptMs / 4
  const breakers = breaker({ circuits, slowMs, fairMs, surroundings, bus })
  return {
    around: (send) =>
      pipeline(
        attempt(send, { guards: [bulkheads, gates, breakers], attemptMs, surroundings }),
        observe({ surroundings, bus }),
        turnAway(refusal),
        retry({ config: config.retry, prices: config.budget, budget, surroundings, bus }),
      ),
    circuits,
    status: () => ({
      circuits: circuits.list().map((one) => ({ ...one, ...bulkheads.load(one.circuit) })),
      budget: { tokens: budget.left(), of: config.budget.tokens },
      gates: gateKeys.map((gate) => ({ gate, closedMs: gates.closedMs(gate) })),
    }),
  }
}
