import { ImagesError } from '@lightfast/core'
import { settleWithin } from '../resilience/settle-within.ts'
import type { Surroundings } from '../surroundings.ts'

/** Does something within a time, and settles at its end whatever that is doing. */
export function inTime<Value>(
  ms: number,
  schedule: Surroundings['schedule'],
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  return settleWithin<Value>({ schedule, ms, signal: undefined, onTime }, (resolve, reject) => {
    const controller = new AbortController()
    work(controller.signal).then(resolve, reject)
    return (reason) => controller.abort(reason)
  })
}

function onTime(_: unknown, reject: (reason: unknown) => void): void {
  reject(new ImagesError('host_timed_out', 'There was no answer in time.'))
}
