import { defaultSurroundings } from '../upload/surroundings.ts'

const TIMES = 100

/** Sleeps a hundred times as fast, for uploads in a test that cannot stop the clock of the network. */
export function sleepFast(ms: number, signal: AbortSignal): Promise<void> {
  return defaultSurroundings.sleep(ms / TIMES, signal)
}
