/** Keeps the clock of the run as fast as the machine can follow: time-outs must mean a fault, and not that others are busy here. */
import { setTimeout } from 'node:timers/promises'
import type { Stage } from './stage.ts'

export interface Governor {
  /** How fast it may be at the most, from now on. */
  readonly allow: (limits: Limits) => void
  readonly stop: () => void
}

export interface Limits {
  /** How many times faster than real time. */
  readonly maxRate: number
  /** How long the plainest call to our server may take, by the clock of the run. */
  readonly callMs: number
}

const PAUSE_MS = 150
/** So many measurements are remembered, and the worst of them counts. */
const MEMORY = 5
/** Smaller changes of the rate are not worth telling. */
const STEP = 1.25

/** Measures what a call takes, again and again, and sets the clock by it. */
export function createGovernor({ servers, setRate }: Stage, initial: Limits): Governor {
  let limits = initial
  let rate = limits.maxRate
  let isOver = false
  const measured: number[] = []
  void govern()
  return {
    allow(next) {
      limits = next
      adjust()
    },
    stop() {
      isOver = true
    },
  }

  async function govern(): Promise<void> {
    for (;;) {
      await setTimeout(PAUSE_MS)
      if (isOver) return
      measured.push(await measure(servers.map(({ origin }) => origin)))
      if (measured.length > MEMORY) measured.shift()
      adjust()
    }
  }

  function adjust(): void {
    const fitting = limits.callMs / Math.max(1, ...measured)
    const next = Math.min(limits.maxRate, Math.max(1, fitting))
    if (next < rate * STEP && next > rate / STEP && next !== limits.maxRate) return
    if (next === rate) return
    rate = next
    setRate(rate)
  }
}

/** What a server that is down takes says nothing. */
async function measure(origins: readonly string[]): Promise<number> {
  const times = origins.map(async (origin) => {
    const start = performance.now()
    const reply = await fetch(`${origin}/api/images/health`).catch(() => undefined)
    await reply?.body?.cancel()
    return reply ? performance.now() - start : 0
  })
  return Math.max(...(await Promise.all(times)))
}
