/** Plays random histories to several runners on one store, and holds what must be true of jobs after every step. */
import { ImagesError } from '@lightfast/core'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createMemoryStore } from '../stores/memory/create-memory-store.ts'
import { handleAll, makeStatus, silentJobs } from '../test-support/set-up-jobs.ts'
import { createVirtualTime } from '../test-support/virtual-time.ts'
import type { VirtualTime } from '../test-support/virtual-time.ts'
import { createJobRunner } from './create-job-runner.ts'
import type { JobRunner } from './create-job-runner.ts'
import type { JobHandler, JobResult } from './job-handler.ts'
import { jobKinds } from './job-store.ts'
import type { JobKind, JobStore } from './job-store.ts'

/** How one try of a job goes. `deaf`: it hangs, and does not heed its signal. */
type Try = 'succeed' | 'fail' | 'never' | 'throttle' | 'look-again' | 'slow' | 'hang' | 'deaf'

type Step =
  | {
      readonly type: 'enqueue'
      readonly kind: JobKind
      readonly subject: string
      readonly inMs: number
    }
  | { readonly type: 'wait'; readonly ms: number }
  | { readonly type: 'start' | 'stop' | 'crash'; readonly index: number }
  | { readonly type: 'cut-off' | 'freeze'; readonly index: number; readonly ms: number }
  | { readonly type: 'circuit'; readonly ms: number }
  | { readonly type: 'replay'; readonly subject: string }

const LEASE_MS = 6000
const LAST = 10

const forEver = new Promise<never>(() => undefined)

const index = fc.nat(1)
const subject = fc.constantFrom('a', 'b', 'c', 'd')
const ms = fc.oneof(fc.nat(400), fc.nat(5000))
/** About as long as a lease. */
const away = fc.integer({ min: 4000, max: 12_000 })
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        type: fc.constant('enqueue' as const),
        kind: fc.constantFrom(...jobKinds),
        subject,
        inMs: ms,
      }),
    },
    { weight: 4, arbitrary: fc.record({ type: fc.constant('wait' as const), ms }) },
    {
      weight: 3,
      arbitrary: fc.record({
        type: fc.constantFrom('start' as const, 'stop' as const, 'crash' as const),
        index,
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        type: fc.constantFrom('cut-off' as const, 'freeze' as const),
        index,
        ms: away,
      }),
    },
    fc.record({ type: fc.constant('circuit' as const), ms }),
    fc.record({ type: fc.constant('replay' as const), subject }),
  ),
  { minLength: 20, maxLength: 60, size: 'max' },
)
const tries = fc.infiniteStream(
  fc.oneof(
    { weight: 4, arbitrary: fc.constant<Try>('succeed') },
    { weight: 4, arbitrary: fc.constantFrom<Try>('slow', 'hang', 'deaf') },
    { weight: 4, arbitrary: fc.constantFrom<Try>('fail', 'throttle', 'look-again', 'never') },
  ),
)

/** One process: everything it does ends when it crashes, and its store can be cut off. */
interface Process {
  readonly runner: JobRunner
  readonly crash: () => void
  readonly cutOff: (ms: number) => void
  readonly freeze: (ms: number) => void
}

interface World {
  readonly time: VirtualTime
  readonly store: JobStore
  readonly hands: Hands
  /** What has been enqueued and not been done. */
  readonly open: Map<string, number>
  readonly violations: string[]
  /** How many outcomes are being written at this moment. */
  settling: number
  shutUntil: number
  /** From then on every try succeeds. */
  isWell: boolean
  readonly next: () => Try
}

function createWorld(next: () => Try): World {
  const time = createVirtualTime(300)
  const { jobs } = createMemoryStore(time)
  const violations: string[] = []
  const hands = createHands(time, violations)
  const open = new Map<string, number>()
  const store: JobStore = {
    ...jobs,
    async settle(job, owner, outcome) {
      world.settling += 1
      // The memory store works before it answers: all of this is of one moment.
      const [answering, finding] = [jobs.settle(job, owner, outcome), jobs.find(job.key)]
      const [asked = 0, began] = [open.get(job.key), hands.startedAt(owner, job.key)]
      const [answer, found] = await Promise.all([answering, finding])
      world.settling -= 1
      if (answer === 'lost' || found) return answer
      if (began <= asked) violations.push(`${job.key} was asked for again, and is gone.`)
      if (open.get(job.key) === asked) open.delete(job.key)
      return answer
    },
  }
  const world: World = {
    time,
    store,
    hands,
    open,
    violations,
    settling: 0,
    shutUntil: 0,
    isWell: false,
    next,
  }
  return world
}

/** Who is at which job, as the handlers see it. */
interface Hands {
  readonly take: (owner: string, key: string) => void
  readonly drop: (owner: string, key?: string) => void
  readonly startedAt: (owner: string, key: string) => number
  /** One that is frozen does nothing, and so is at nothing. */
  readonly freeze: (owner: string) => void
  readonly thaw: (owner: string) => void
  /** Counts up: what came first. */
  readonly tick: () => number
}

function createHands(time: VirtualTime, violations: string[]): Hands {
  const held = new Map<string, Set<string>>()
  const started = new Map<string, number>()
  let ticks = 0
  const tick = () => (ticks += 1)
  const frozen = new Set<string>()
  return {
    tick,
    startedAt: (owner, key) => started.get(`${owner} ${key}`) ?? 0,
    take(owner, key) {
      const mine = held.get(owner) ?? new Set<string>()
      started.set(`${owner} ${key}`, tick())
      held.set(owner, mine.add(key))
      checkSoon()
    },
    drop(owner, key) {
      if (key === undefined) held.delete(owner)
      else held.get(owner)?.delete(key)
    },
    freeze: (owner) => void frozen.add(owner),
    thaw(owner) {
      frozen.delete(owner)
      checkSoon()
    },
  }

  /** In the very moment in which a lease ends, the one may begin before the other is told. */
  function checkSoon(): void {
    time.schedule(() => {
      const awake = [...held].filter(([owner]) => !frozen.has(owner))
      const keys = awake.flatMap(([, mine]) => [...mine])
      const twice = keys.filter((key, at) => keys.indexOf(key) < at)
      violations.push(...twice.map((key) => `${key} is in two hands.`))
    }, 1)
  }
}

function startProcess(world: World, owner: string): Process {
  const { time, store, hands } = world
  const cancels = new Set<() => void>()
  let isDead = false
  let cutUntil = 0
  let frozenUntil = 0
  /** A dead process hears nothing any more, and one that is cut off hears that. */
  const through = async <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
    if (isDead) return forEver
    await thawed()
    if (time.now() < cutUntil) throw new ImagesError('store_unavailable', 'Cut off.')
    const answer = await work()
    await thawed()
    return isDead ? forEver : answer
  }
  const thawed = async (): Promise<void> => {
    while (time.now() < frozenUntil) {
      const ms = frozenUntil - time.now()
      await new Promise<void>((resolve) => time.schedule(resolve, ms))
    }
  }
  const runner = createJobRunner({
    store: {
      ...store,
      claim: (claim) => through(() => store.claim(claim)),
      renew: (keys, lease) => through(() => store.renew(keys, lease)),
      settle: (job, who, outcome) => through(() => store.settle(job, who, outcome)),
      nextAt: () => through(() => store.nextAt()),
    },
    handlers: handleAll(createHandler(world, owner, () => isDead)),
    client: { status: () => toStatus(world) },
    owner,
    logger: silentJobs,
    leaseMs: LEASE_MS,
    runMs: 15_000,
    concurrency: 3,
    rules: { baseMs: 100, capMs: 1000 },
    surroundings: {
      ...time,
      random: () => 0.5,
      schedule(run, ms) {
        let isCancelled = false
        const cancel = time.schedule(
          () => void thawed().then(() => isCancelled || isDead || run()),
          ms,
        )
        cancels.add(cancel)
        return () => {
          isCancelled = true
          cancel()
        }
      },
    },
  })
  runner.start()
  return {
    runner,
    crash() {
      isDead = true
      for (const cancel of cancels) cancel()
      hands.drop(owner)
    },
    cutOff: (ms) => (cutUntil = time.now() + ms),
    freeze(ms) {
      frozenUntil = Math.max(frozenUntil, time.now() + ms)
      hands.freeze(owner)
      void thawed().then(() => hands.thaw(owner))
    },
  }
}

function toStatus({ time, shutUntil }: World) {
  const retryAfterMs = Math.max(0, shutUntil - time.now())
  return retryAfterMs > 0 ? makeStatus({ status: 'open', retryAfterMs }) : makeStatus()
}

function createHandler(world: World, owner: string, isDead: () => boolean): JobHandler {
  const { time, hands, violations } = world
  return async ({ key, subject, tries }, { signal }) => {
    if (isDead()) return forEver
    if (tries >= LAST) violations.push(`${key} was begun for the ${tries + 1}th time.`)
    hands.take(owner, key)
    signal.addEventListener('abort', () => hands.drop(owner, key))
    try {
      return await play(chooseTry(world, subject), { time, signal })
    } finally {
      if (!signal.aborted) hands.drop(owner, key)
    }
  }
}

/** One subject has no luck: its jobs use up all their tries. */
function chooseTry({ isWell, next }: World, subject: string): Try {
  if (isWell) return 'succeed'
  return subject === 'd' ? 'fail' : next()
}

async function play(
  what: Try,
  { time, signal }: { readonly time: VirtualTime; readonly signal: AbortSignal },
): Promise<JobResult> {
  switch (what) {
    case 'succeed':
      return 'done'
    case 'slow':
      await new Promise<void>((resolve) => time.schedule(resolve, 9000))
      return 'done'
    case 'look-again':
      return { againAt: time.now() + 1000 }
    case 'fail':
      throw new Error('A test.')
    case 'never':
      throw new ImagesError('file_refused_by_host', 'A test.')
    case 'throttle':
      throw new ImagesError('rate_limited', 'A test.', { retryAfterMs: 3000 })
    case 'hang':
      return new Promise((_, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason)),
      )
    case 'deaf':
      return new Promise(() => undefined)
    default:
      return what satisfies never
  }
}

async function takeStep(world: World, processes: Map<number, Process>, step: Step) {
  const { time, store, open, hands } = world
  switch (step.type) {
    case 'enqueue': {
      const { kind, subject, inMs } = step
      open.set(`${kind}:${subject}`, hands.tick())
      return store.enqueue([{ kind, subject, runAt: time.now() + inMs }])
    }
    case 'wait':
      return time.advance(step.ms)
    case 'start': {
      if (processes.has(step.index)) return undefined
      processes.set(step.index, startProcess(world, `process ${hands.tick() + 1}`))
      return undefined
    }
    case 'stop':
    case 'crash': {
      const found = processes.get(step.index)
      processes.delete(step.index)
      if (step.type === 'crash') return found?.crash()
      // It takes its time, and the others go on meanwhile.
      void found?.runner.stop()
      return undefined
    }
    case 'cut-off':
      return processes.get(step.index)?.cutOff(step.ms)
    case 'freeze':
      return processes.get(step.index)?.freeze(step.ms)
    case 'circuit':
      world.shutUntil = time.now() + step.ms
      return undefined
    case 'replay':
      return replayAll(world, step.subject)
    default:
      return step satisfies never
  }
}

async function replayAll({ store }: World, subject?: string): Promise<void> {
  for (const job of await store.list({ state: 'dead', limit: 100 })) {
    if (subject !== undefined && job.subject !== subject) continue
    expect(await store.replay(job.key)).toBe('replayed')
    expect(await store.find(job.key)).toMatchObject({ state: 'queued', tries: 0 })
  }
}

/** What must be true at any moment. */
async function check(world: World): Promise<void> {
  while (world.settling > 0) await Promise.resolve()
  expect(world.violations).toEqual([])
  const [listed, open] = [world.store.list({ limit: 100 }), [...world.open.keys()]]
  const jobs = await listed
  expect(jobs.map(({ key }) => key)).toEqual(open.toSorted())
  for (const { tries } of jobs) expect(tries).toBeLessThan(LAST)
}

test('no history loses a job, has it done in two places, or tries it more than ten times', async () => {
  await fc.assert(
    fc.asyncProperty(steps, tries, async (history, stream) => {
      const world = createWorld(() => stream.next().value)
      const processes = new Map([0, 1].map((at) => [at, startProcess(world, `process ${at}`)]))
      for (const step of history) {
        await takeStep(world, processes, step)
        await check(world)
      }
      for (const process of processes.values()) process.crash()
      // From now on all goes well, and every dead one is replayed.
      world.isWell = true
      world.shutUntil = 0
      const last = startProcess(world, 'last')
      await world.time.advance(40_000)
      await replayAll(world)
      await world.time.advance(2000)
      await check(world)
      expect([...world.open.keys()]).toEqual([])
      last.crash()
    }),
    { numRuns: 100 },
  )
}, 60_000)
