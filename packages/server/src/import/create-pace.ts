import type { Surroundings } from '../surroundings.ts'

/** Lets things begin one after the other, so many in a minute. */
export interface Pace {
  /** Resolves when it is the caller's turn. */
  readonly turn: () => Promise<void>
  /** Lets nothing begin for a while, those who wait already included. */
  readonly pause: (ms: number) => void
}

export interface PaceOptions extends Pick<Surroundings, 'monotonic' | 'schedule'> {
  readonly perMinute: number
}

/** Makes a pace. Turns are spread over the minute. */
export function createPace({ perMinute, monotonic, schedule }: PaceOptions): Pace {
  const gapMs = 60_000 / perMinute
  let nextAt = 0
  let pausedUntil = 0
  let pauses = 0
  return { turn, pause }

  async function turn(): Promise<void> {
    const seen = pauses
    const at = Math.max(monotonic(), nextAt)
    nextAt = at + gapMs
    await wait(at - monotonic(), schedule)
    if (pauses !== seen) await turn()
  }

  function pause(ms: number): void {
    pausedUntil = Math.max(pausedUntil, monotonic() + ms)
    // Whoever has a turn already asks for another one.
    nextAt = pausedUntil
    pauses += 1
  }
}

/** Resolves after a while. */
export function wait(ms: number, schedule: Surroundings['schedule']): Promise<void> {
  if (ms <= 0) return Promise.resolve()
  return new Promise((resolve) => void schedule(resolve, ms))
}
