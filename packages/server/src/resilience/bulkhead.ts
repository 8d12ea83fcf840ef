import type { ImagesError } from '@lightfast/core'
import type { EventBus } from '../events.ts'
import type { Surroundings } from '../surroundings.ts'
import type { Guard, Leave } from './guard.ts'
import type { Call, CircuitKey } from './layer.ts'
import { refuse } from './refuse.ts'
import { settleWithin } from './settle-within.ts'
import type { Reject } from './settle-within.ts'

export interface BulkheadConfig {
  /** Calls of one circuit that may be under way at once. @default 64 */
  readonly concurrency: number
  /** Calls that may wait for that; further ones are refused at once. @default 256 */
  readonly queue: number
}

export const defaultBulkheadConfig: BulkheadConfig = { concurrency: 64, queue: 256 }

export interface BulkheadOptions {
  readonly config: BulkheadConfig
  readonly surroundings: Pick<Surroundings, 'monotonic' | 'schedule'>
  readonly bus: EventBus
  /** Throws if it is in vain to wait in line: the circuit is open. */
  readonly check: (call: Call) => void
}

export interface Bulkheads extends Guard {
  readonly load: (circuit: CircuitKey) => { readonly active: number; readonly waiting: number }
}

interface Hold {
  active: number
  /** Each is called when a place is free for it. */
  readonly waiting: Set<() => void>
  readonly leave: Leave
}

/** Keeps a slow host from piling up calls: so many at once, so many in line, and nobody waits past the deadline. */
export function createBulkheads({ config, surroundings, bus, check }: BulkheadOptions): Bulkheads {
  const holds = new Map<CircuitKey, Hold>()
  return {
    enter(call) {
      const hold = findHold(call.circuit)
      if (hold.active >= config.concurrency) return queue(call, hold)
      hold.active += 1
      return hold.leave
    },
    load(circuit) {
      const { active, waiting } = findHold(circuit)
      return { active, waiting: waiting.size }
    },
  }

  function findHold(circuit: CircuitKey): Hold {
    const known = holds.get(circuit)
    if (known) return known
    const hold: Hold = { active: 0, waiting: new Set(), leave: () => release(hold) }
    holds.set(circuit, hold)
    return hold
  }

  function queue(call: Call, hold: Hold): Promise<Leave> {
    const { deadlineAt, signal } = call
    check(call)
    if (hold.waiting.size >= config.queue) throw toRefusal(call, bus)
    const ms = deadlineAt - surroundings.monotonic()
    const onTime = (_: unknown, reject: Reject) => reject(toTimeout(call))
    const { schedule } = surroundings
    return settleWithin<Leave>({ schedule, ms, signal, onTime }, (resolve) => {
      const enter = (): void => {
        hold.waiting.delete(enter)
        resolve(hold.leave)
      }
      hold.waiting.add(enter)
      return () => hold.waiting.delete(enter)
    })
  }
}

/** A place is handed over rather than given up, so that nobody who comes later gets in between. */
function release(hold: Hold): void {
  if (hold.waiting.size === 0) {
    hold.active -= 1
    return
  }
  const [first] = hold.waiting
  first?.()
}

function toRefusal({ operation, circuit }: Call, bus: EventBus): ImagesError {
  bus.emit('refused', () => ({ type: 'refused', operation, circuit, by: 'bulkhead' }))
  const message = `${operation} was not sent: too many calls are waiting already. Try again in a moment, or raise bulkhead.queue.`
  return refuse('client_busy', message, { circuit })
}

function toTimeout({ operation, circuit }: Call): ImagesError {
  const message = `${operation} was not sent: it waited for other calls until its deadline.`
  return refuse('client_busy', message, { circuit })
}
