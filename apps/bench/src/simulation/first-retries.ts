import { createDice } from './dice.ts'
import { answerLater } from './host.ts'
import { createSimulatedClient } from './shipped-client.ts'
import { createVirtualTime } from './virtual-time.ts'

/** Decides how long to wait before the first retry. */
export type Backoff = (random: () => number) => number

const BASE_MS = 500
const CAP_MS = 8000

/**
 * What others wait before the first retry, at the same base and cap.
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export const backoffs: Readonly<Record<string, Backoff>> = {
  none: () => BASE_MS,
  equal: (random) => BASE_MS / 2 + random() * (BASE_MS / 2),
  full: (random) => random() * BASE_MS,
  // Often passed on as decorrelated: `rand(base, min(cap, base x 2^(attempt - 1)))`, where both ends are the same at first.
  'so-called decorrelated': (random) => rollBetween([BASE_MS, Math.min(CAP_MS, BASE_MS)], random),
}

const CLIENTS = 2000
const SLOT_MS = 100
const SEED = 3

/** Fails as many clients at the same moment, and finds the fullest slot among their first retries: a share of all. */
export async function simulateFirstRetries(): Promise<number> {
  const time = createVirtualTime()
  const random = createDice(SEED)
  const retriedAt: number[] = []
  for (let client = 0; client < CLIENTS; client += 1) void createClient()().catch(() => undefined)
  await time.run()
  return findFullestSlot(retriedAt)

  function createClient(): () => Promise<unknown> {
    const guards = { budget: 'on', breaker: 'on' } as const
    let sent = 0
    return createSimulatedClient({
      time,
      random,
      guards,
      host() {
        sent += 1
        if (sent === 1) return answerLater(time, 'down')
        retriedAt.push(time.now())
        return answerLater(time, 'up')
      },
    })
  }
}

/** The same for a formula alone. */
export function findFullestSlotOf(backoff: Backoff): number {
  const random = createDice(SEED)
  return findFullestSlot(Array.from({ length: CLIENTS }, () => backoff(random)))
}

function findFullestSlot(moments: readonly number[]): number {
  if (moments.length !== CLIENTS) throw new Error(`${moments.length} of ${CLIENTS} came back.`)
  const first = moments.reduce((least, at) => Math.min(least, at), Infinity)
  const slots = Map.groupBy(moments, (at) => Math.floor((at - first) / SLOT_MS))
  return Math.max(...Array.from(slots.values(), (slot) => slot.length)) / CLIENTS
}

function rollBetween([low, high]: readonly [number, number], random: () => number): number {
  return low + random() * (high - low)
}
