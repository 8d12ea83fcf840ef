import type { Surroundings } from '../surroundings.ts'

export type Resolve<Value> = (value: Value) => void
export type Reject = (reason: unknown) => void

export interface Limits<Value> {
  readonly schedule: Surroundings['schedule']
  readonly ms: number
  readonly signal: AbortSignal | undefined
  /** What it means that the time is over. */
  readonly onTime: (resolve: Resolve<Value>, reject: Reject) => void
}

/**
 * Makes a promise that settles exactly once: by what `begin` starts, when its time is over, or, with the signal's reason, as
 * soon as the caller leaves. However it ends, neither timer nor listener stays behind. The signal is followed by hand, since
 * `AbortSignal.any` keeps every child of a long-lived signal in memory.
 * @param begin May return what is to be done when it ends badly, which it does not do while it begins.
 */
export function settleWithin<Value>(
  { schedule, ms, signal, onTime }: Limits<Value>,
  begin?: (resolve: Resolve<Value>, reject: Reject) => ((reason: unknown) => unknown) | void,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const cancel = schedule(() => onTime(pass, fail), ms)
    signal?.addEventListener('abort', leave, { once: true })
    let giveUp: ((reason: unknown) => unknown) | void
    try {
      giveUp = begin?.(pass, fail)
    } catch (error) {
      fail(error)
    }

    function pass(value: Value): void {
      tidy()
      resolve(value)
    }

    function leave(): void {
      fail(signal?.reason)
    }

    function fail(reason: unknown): void {
      tidy()
      reject(reason)
      giveUp?.(reason)
    }

    function tidy(): void {
      cancel()
      signal?.removeEventListener('abort', leave)
    }
  })
}
