/** Lets the servers finish what they have to do, when nobody waits any more. */
import type { ImagesStore } from '@lightfast/server'
import type { Governor, Limits } from './governor.ts'
import type { Stage } from './stage.ts'

const HOUR_MS = 3_600_000

/** As long as bytes may be kept, and more. */
const SETTLING_MS = 26 * HOUR_MS

/** Jobs have longer time-outs than people: the clock may run faster. */
const working: Limits = { maxRate: 150, callMs: 1500 }
/** While nothing is due, nothing is waited for. */
const idle: Limits = { maxRate: 3000, callMs: 60_000 }
const MARGIN_MS = 10_000
const LOOK_MS = 20_000

export interface SettleOptions {
  readonly governor: Governor
  readonly onProgress: (what: string) => void
}

/** Resolves when no job is queued, or when they have had all the time that they may need. */
export async function settle(
  { clock, store, host }: Stage,
  { governor, onProgress }: SettleOptions,
): Promise<void> {
  const until = clock.now() + SETTLING_MS
  governor.allow(working)
  await host.webhooks.idle()
  let last = ''
  while (clock.now() < until) {
    const left = await describeLeft(store)
    if (left === '') return
    if (left !== last) onProgress(`jobs left: ${left}`)
    last = left
    const idleMs = ((await store.jobs.nextAt()) ?? 0) - clock.now() - MARGIN_MS
    governor.allow(idleMs > LOOK_MS ? idle : working)
    await clock.sleep(Math.max(LOOK_MS, idleMs))
  }
}

async function describeLeft({ jobs }: ImagesStore): Promise<string> {
  const counts = await jobs.count()
  const queued = counts.filter(({ state }) => state === 'queued')
  return queued.map(({ kind, count }) => `${count} ${kind}`).join(', ')
}
