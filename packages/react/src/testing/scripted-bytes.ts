import type { Script } from './script.ts'

/** A script that is being played: each question counts, and is true as often as the script says. */
export interface Playing {
  readonly script: Script
  readonly provision: () => boolean
  readonly transfer: () => boolean
}

/** Begins to play a script. */
export function countDown(script: Script): Playing {
  return {
    script,
    provision: countTo(script.provision?.times ?? 0),
    transfer: countTo(script.transfer?.times ?? 0),
  }
}

function countTo(times: number): () => boolean {
  let left = times
  return () => {
    left -= 1
    return left >= 0
  }
}

export interface Pace {
  readonly bytes: number
  /** The fraction that comes. */
  readonly at: number
  /** Undefined: all at once. */
  readonly bytesPerSecond: number | undefined
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
  readonly onProgress: (loadedBytes: number) => void
}

const STEPS = 20

/** Lets bytes come in, as fast as they may. */
export async function receive(pace: Pace, signal: AbortSignal): Promise<void> {
  const { bytes, at, bytesPerSecond = Infinity, sleep, onProgress } = pace
  const step = (bytes * at) / STEPS
  for (let count = 1; count <= STEPS; count += 1) {
    if (bytesPerSecond < Infinity) await sleep((step / bytesPerSecond) * 1000, signal)
    signal.throwIfAborted()
    onProgress(Math.round(step * count))
  }
}
