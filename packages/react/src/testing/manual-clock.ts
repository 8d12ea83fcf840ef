/** Time as a variable: it stands still until it is advanced. */
export interface ManualClock {
  readonly now: () => number
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
  /** Moves the clock to each sleeper's time in turn, and lets everything that follows from it happen. */
  readonly advance: (ms: number) => Promise<void>
  /** Lets everything happen that waits for nothing but its turn. */
  readonly settle: () => Promise<void>
}

interface Sleeper {
  readonly at: number
  readonly wake: () => void
}

/** Makes a clock that shows `start`. */
export function createManualClock(start = 1_000_000): ManualClock {
  const sleepers = new Set<Sleeper>()
  let time = start

  function sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason)
      const sleeper = { at: time + ms, wake: resolve }
      sleepers.add(sleeper)
      signal.addEventListener('abort', () => {
        sleepers.delete(sleeper)
        reject(signal.reason)
      })
    })
  }

  async function advance(ms: number): Promise<void> {
    const end = time + ms
    await settle()
    for (let next = findNext(sleepers, end); next; next = findNext(sleepers, end)) {
      sleepers.delete(next)
      time = Math.max(time, next.at)
      next.wake()
      await settle()
    }
    time = end
  }

  return { now: () => time, sleep, advance, settle }
}

function findNext(sleepers: ReadonlySet<Sleeper>, end: number): Sleeper | undefined {
  const due = [...sleepers].filter(({ at }) => at <= end)
  return due.toSorted((a, b) => a.at - b.at)[0]
}

/** Reading a Blob or a Response takes a few turns of the event loop, not just of the microtask queue. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 0))
  }
}
