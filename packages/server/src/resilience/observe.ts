import { ImagesError } from '@lightfast/core'
import type { CallEvent, EventBus } from '../events.ts'
import type { Surroundings } from '../surroundings.ts'
import type { Call, Layer, Reply, Send } from './layer.ts'

export interface ObserveOptions {
  readonly surroundings: Pick<Surroundings, 'monotonic'>
  readonly bus: EventBus
}

/** Tells how every call ended. The outermost layer: its duration is what the caller waited. */
export function observe({ surroundings, bus }: ObserveOptions): Layer {
  const { monotonic } = surroundings
  return function observeLayer(next: Send): Send {
    return function sendHeard(call) {
      return bus.hears('called') ? sendObserved(call) : next(call)
    }

    async function sendObserved<Result>(call: Call<Result>): Promise<Reply<Result>> {
      const startedAt = monotonic()
      try {
        const reply = await next(call)
        tell(call, { outcome: 'succeeded' }, startedAt)
        return reply
      } catch (error) {
        tell(call, toEnd(call, error), startedAt)
        throw error
      }
    }
  }

  function tell({ operation, circuit, tally }: Call, end: End, startedAt: number): void {
    bus.emit('called', () => {
      const durationMs = monotonic() - startedAt
      return { type: 'called', operation, circuit, attempts: tally.sent, durationMs, ...end }
    })
  }
}

type End = Pick<CallEvent, 'outcome' | 'code'>

function toEnd({ signal }: Call, error: unknown): End {
  if (signal?.aborted) return { outcome: 'aborted' }
  return error instanceof ImagesError
    ? { outcome: 'failed', code: error.code }
    : { outcome: 'failed' }
}
