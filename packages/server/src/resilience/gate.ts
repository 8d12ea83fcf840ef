import { ImagesError } from '@lightfast/core'
import type { EventBus } from '../events.ts'
import type { Surroundings } from '../surroundings.ts'
import type { End, Guard, Leave } from './guard.ts'
import type { Call, GateKey } from './layer.ts'
import { refuse } from './refuse.ts'

export interface GateConfig {
  /** How long a gate closes if a throttled reply does not say. @default 30_000 */
  readonly closeMs: number
  /** Nothing that a reply says closes it for longer. @default 3_600_000 */
  readonly maxCloseMs: number
}

export const defaultGateConfig: GateConfig = { closeMs: 30_000, maxCloseMs: 3_600_000 }

/** What other processes know of a gate, and what they are told. */
export interface SharedGates {
  /** How long the fleet holds it closed, as far as is known here. */
  readonly heldMs: (gate: GateKey) => number
  readonly hold: (gate: GateKey, ms: number) => void
}

export interface GateOptions {
  readonly config: GateConfig
  readonly surroundings: Pick<Surroundings, 'monotonic'>
  readonly bus: EventBus
  readonly shared?: SharedGates | undefined
}

export interface Gates extends Guard {
  /** Throws if the gate of a call is closed. */
  readonly check: (call: Call) => void
  /** How long a gate stays closed; 0 if it is open. */
  readonly closedMs: (gate: GateKey) => number
}

/**
 * The account's gate. A throttled reply closes it for every operation, since the limit is the account's and going
 * on would lengthen it; it says nothing about the host's health and counts in no circuit.
 * @see https://developers.cloudflare.com/fundamentals/api/reference/limits/
 */
export function createGates({ config, surroundings, bus, shared }: GateOptions): Gates {
  const { monotonic } = surroundings
  const closedUntil = new Map<GateKey, number>()
  return { enter, check, closedMs }

  function enter(call: Call): Leave {
    check(call)
    return learn
  }

  function learn({ gate }: Call, { reply, failed }: End): void {
    if (reply?.exhaustedForMs !== undefined) shut(gate, reply.exhaustedForMs)
    const error = failed?.error
    const isThrottled = error instanceof ImagesError && error.code === 'rate_limited'
    if (isThrottled) shut(gate, error.retryAfterMs ?? config.closeMs)
  }

  function check(call: Call): void {
    const waitMs = closedMs(call.gate)
    if (waitMs > 0) throw toRefusal(call, waitMs, bus)
  }

  function closedMs(gate: GateKey): number {
    const until = closedUntil.get(gate)
    const ownMs = until === undefined ? 0 : until - monotonic()
    return Math.max(0, ownMs, shared?.heldMs(gate) ?? 0)
  }

  /** Only ever for longer: a late reply must not open what a newer one has closed. */
  function shut(gate: GateKey, askedMs: number): void {
    const ms = Math.min(config.maxCloseMs, askedMs)
    if (!(ms > closedMs(gate))) return
    closedUntil.set(gate, monotonic() + ms)
    shared?.hold(gate, ms)
    bus.emit('gate-closed', () => ({ type: 'gate-closed', gate, closedMs: ms }))
  }
}

function toRefusal({ operation, circuit }: Call, retryAfterMs: number, bus: EventBus): ImagesError {
  bus.emit('refused', () => ({ type: 'refused', operation, circuit, by: 'gate', retryAfterMs }))
  const message = `${operation} was not sent: the account’s limit at Cloudflare is used up. Try again after retryAfterMs.`
  return refuse('rate_limited', message, { retryAfterMs, circuit })
}
