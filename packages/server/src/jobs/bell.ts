import type { Surroundings } from '../surroundings.ts'

/** A pause that can be cut short. */
export interface Bell {
  /** Ends the pause, or the next one if there is none now. */
  readonly ring: () => void
  readonly wait: (ms: number) => Promise<void>
}

/** Makes a bell for one who waits. */
export function createBell({ schedule }: Pick<Surroundings, 'schedule'>): Bell {
  let wake: (() => void) | undefined
  let hasRung = false
  return {
    ring() {
      hasRung = true
      wake?.()
    },
    async wait(ms) {
      if (!hasRung) await pause(ms)
      hasRung = false
    },
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = schedule(end, ms)
      wake = end

      function end(): void {
        cancel()
        wake = undefined
        resolve()
      }
    })
  }
}
