import type { Surroundings } from '../surroundings.ts'
import { settleWithin } from './settle-within.ts'

/** Waits, unless the signal aborts first: then it rejects at once, with the signal's reason. */
export function sleep(
  schedule: Surroundings['schedule'],
  ms: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  return settleWithin<void>({ schedule, ms, signal, onTime: (resolve) => resolve() })
}
