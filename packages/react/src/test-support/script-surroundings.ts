import type { PictureSurroundings, Woken } from '../picture-source/picture-surroundings.ts'
import { createManualClock } from '../testing/manual-clock.ts'
import type { ManualClock } from '../testing/manual-clock.ts'

export interface ScriptedSurroundings extends ManualClock {
  readonly surroundings: PictureSurroundings
  /** The sources that load when they are probed. */
  readonly works: Set<string>
  /** What was probed, in order. */
  readonly probed: readonly string[]
  /** Lets somebody come back to the page, and everything happen that follows. */
  readonly comeBack: () => Promise<void>
  readonly look: (where: 'here' | 'away') => void
}

/** Makes a world for pictures whose time, network and people are moved by hand. */
export function scriptSurroundings(): ScriptedSurroundings {
  const clock = createManualClock()
  const returning = new EventTarget()
  const works = new Set<string>()
  const probed: string[] = []
  let watched = true

  function wait(ms: number, signal: AbortSignal): Promise<Woken> {
    return new Promise((resolve) => {
      returning.addEventListener('return', () => signal.aborted || resolve('return'))
      clock.sleep(ms, signal).then(
        () => watched && resolve('time'),
        () => undefined,
      )
    })
  }

  return {
    ...clock,
    surroundings: {
      now: clock.now,
      random: () => 0.5,
      wait,
      probe(src) {
        probed.push(src)
        return Promise.resolve(works.has(src))
      },
    },
    works,
    probed,
    look: (where) => void (watched = where === 'here'),
    comeBack() {
      returning.dispatchEvent(new Event('return'))
      return clock.settle()
    },
  }
}
