import { createDice } from './dice.ts'
import { answerLater } from './host.ts'
import { createSimulatedClient } from './shipped-client.ts'
import type { Guards } from './shipped-client.ts'
import { createVirtualTime } from './virtual-time.ts'

/** What came of a total outage. */
export interface OutageResult {
  /** Calls that were made during it. */
  readonly originals: number
  /** Attempts that reached the host during it. */
  readonly attempts: number
  /** From the end of the outage until the last call that failed; 0 if none did. */
  readonly recoveryMs: number
}

const CALLS_PER_SECOND = 500
const DURATION_MS = 60_000
const OUTAGE = { from: 10_000, to: 30_000 }
const SEEDS = { arrivals: 1, jitter: 2 }

/**
 * Sends calls through the shipped layers, at random moments, to a host that is down for a third of the time. No time
 * passes meanwhile, and the same guards always give the same result.
 */
export async function simulateOutage(guards: Guards): Promise<OutageResult> {
  const time = createVirtualTime()
  const dice = createDice(SEEDS.arrivals)
  const random = createDice(SEEDS.jitter)
  const call = createSimulatedClient({ time, random, guards, host })
  const counts = { originals: 0, attempts: 0, recoveryMs: 0 }
  arrive()
  await time.run()
  return counts

  function arrive(): void {
    if (time.now() >= DURATION_MS) return
    if (isOutage(time.now())) counts.originals += 1
    call().catch(() => {
      counts.recoveryMs = Math.max(0, time.now() - OUTAGE.to)
    })
    time.schedule(arrive, (-Math.log(1 - dice()) * 1000) / CALLS_PER_SECOND)
  }

  function host(): Promise<Response> {
    if (!isOutage(time.now())) return answerLater(time, 'up')
    counts.attempts += 1
    return answerLater(time, 'down')
  }
}

function isOutage(now: number): boolean {
  return now >= OUTAGE.from && now < OUTAGE.to
}
