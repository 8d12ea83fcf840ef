/** An hour's outage on a clock that is moved by hand: what jobs do in it, and how they come back. */
import { createEmulator } from '@lightfast/emulator'
import { expect, test } from 'vitest'
import { makePicture, openAccount } from '../test-support/open-account.ts'
import { setUpJobs, subjects } from '../test-support/set-up-jobs.ts'
import { createVirtualTime } from '../test-support/virtual-time.ts'
import type { VirtualTime } from '../test-support/virtual-time.ts'
import type { JobHandler } from './job-handler.ts'

const JOBS = 500
const OUTAGE_MS = 3_600_000
const LATENCY_MS = 100
const CONCURRENCY = 8
/** The longest pause of a circuit, give or take a fifth. */
const OPEN_MS = 300_000 * 1.2
/** The jitter of those that were parked, and the time that so many jobs take. */
const REST_MS = 5000 + (JOBS / CONCURRENCY) * LATENCY_MS + 2000
/** So many side by side, each answered in that time, and one call that asks for a token. */
const MAX_PER_SECOND = CONCURRENCY * (1000 / LATENCY_MS) + 1
/** Of the first rounds: the token, and then ever more. */
const FIRST_ROUNDS = [1, 1, 2, 4, 8]

interface Host {
  readonly fetch: (request: Request) => Promise<Response>
  /** When each attempt reached it. */
  readonly attempts: number[]
  /** Resolves when nothing is under way that needs more than promises. */
  readonly settle: () => Promise<void>
}

/** A host that is down for an hour, and then answers as the emulator does. */
function createHost(time: VirtualTime): Host {
  const emulator = createEmulator({ now: time.now })
  const attempts: number[] = []
  let active = 0
  let isTouched = false
  return {
    attempts,
    async fetch(request) {
      attempts.push(time.now())
      isTouched = true
      await new Promise<void>((resolve) => time.schedule(resolve, LATENCY_MS))
      isTouched = true
      if (time.now() < OUTAGE_MS) throw new TypeError('fetch failed')
      active += 1
      try {
        return await emulator.fetch(request)
      } finally {
        active -= 1
      }
    },
    async settle() {
      if (!isTouched) return
      isTouched = false
      for (let quiet = 0; quiet < 4; quiet = active > 0 ? 0 : quiet + 1) {
        await new Promise((resolve) => setTimeout(resolve, 0))
      }
    },
  }
}

/** Dice that fall the same way in each run. */
function createDice(): () => number {
  let seed = 42
  return () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return seed / 2 ** 32
  }
}

/** How many attempts there were in each stretch of time. */
function countAttempts(attempts: readonly number[], from: number, stretchMs: number): number[] {
  const last = Math.floor(((attempts.at(-1) ?? from) - from) / stretchMs)
  const counts = Array.from({ length: last + 1 }, () => 0)
  for (const at of attempts) {
    const index = Math.floor((at - from) / stretchMs)
    counts[index] = (counts[index] ?? 0) + 1
  }
  return counts
}

test('500 forwards come through an hour’s outage with all their tries, within one open period, and without a stampede', async () => {
  const time = createVirtualTime(500)
  const host = createHost(time)
  const random = createDice()
  const { client } = openAccount({ ...time, random, fetch: host.fetch, retry: {} })
  const forward: JobHandler = async ({ subject }, { signal }) => {
    const metadata = { attemptId: subject }
    await client.images.upload({ file: makePicture() }, { privacy: 'private', metadata, signal })
    return 'done'
  }
  const rig = setUpJobs({
    time,
    handle: forward,
    client,
    concurrency: CONCURRENCY,
    surroundings: { random },
  })
  await rig.enqueue('forward', subjects(JOBS))
  rig.runner.start()
  await pass(OUTAGE_MS, 1000)
  const inOutage = [...host.attempts]
  const waiting = await rig.store.list({ limit: JOBS })
  await pass(OPEN_MS + REST_MS, LATENCY_MS / 2)
  const left = await rig.keys()

  const after = host.attempts.slice(inOutage.length)
  const [resumedAt = OUTAGE_MS] = after
  const seconds = countAttempts(after, resumedAt, 1000)
  const rounds = countAttempts(after, resumedAt, LATENCY_MS)
  const report = `By the minute of the outage: ${countAttempts(inOutage, 0, 60_000).join(' ')}
Resumed ${(resumedAt - OUTAGE_MS) / 1000} s after it, by the second: ${seconds.join(' ')}
By the round: ${rounds.join(' ')}`
  expect(left, report).toEqual([])
  expect(new Set(waiting.map(({ tries }) => tries)), report).toEqual(new Set([0]))
  expect(waiting, report).toHaveLength(JOBS)
  expect(inOutage.length, report).toBeLessThan(60)
  expect(after, report).toHaveLength(JOBS + 1)
  expect(Math.max(...seconds), report).toBeLessThanOrEqual(MAX_PER_SECOND)
  expect(rounds.slice(0, FIRST_ROUNDS.length), report).toEqual(FIRST_ROUNDS)
  await rig.stop()

  async function pass(ms: number, stepMs: number): Promise<void> {
    for (let passed = 0; passed < ms && (await rig.keys()).length > 0; passed += stepMs) {
      await time.advance(stepMs)
      await host.settle()
    }
  }
}, 60_000)
