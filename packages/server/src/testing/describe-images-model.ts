/** Plays random histories of jobs to a store and to the one in memory, and compares what they say at every step. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Job, JobOutcome } from '../jobs/job-store.ts'
import { createMemoryStore } from '../stores/memory/create-memory-store.ts'
import type { ImagesStore } from '../uploads/store.ts'
import { jobHistories } from './job-histories.ts'
import type { JobStep } from './job-histories.ts'
import { beside, NOON, sampleRecord } from './store-samples.ts'
import type { OpenImagesStore } from './store-samples.ts'

interface World {
  readonly clock: { now: number }
  readonly stores: readonly [ImagesStore, ImagesStore]
  /** What was claimed so far, by whom. Some of it is settled much too late. */
  readonly claimed: { readonly job: Job; readonly owner: string }[]
  readonly reached: Set<string>
}

export function describeImagesModel(
  name: string,
  openStore: OpenImagesStore,
  { runs }: { readonly runs: number },
): void {
  test(`${name}: does with jobs what the store in memory does, whatever happens`, async () => {
    const reached = new Set<string>()
    const property = fc.asyncProperty(jobHistories, async (steps) => {
      const clock = { now: NOON }
      const now = () => clock.now
      const stores = [createMemoryStore({ now }), await openStore(now)] as const
      const world: World = { clock, stores, claimed: [], reached }
      for (const step of steps) await take(world, step)
    })
    // A difference is made smaller for a while, and then told as it is.
    await fc.assert(property, { numRuns: runs, interruptAfterTimeLimit: 90_000 })
    // A comparison that never got anywhere would be worth nothing.
    for (const place of ['claimed', 'settled done', 'settled dead', 'lost', 'replayed', 'again']) {
      expect(reached).toContain(place)
    }
  }, 120_000)
}

async function take(world: World, step: JobStep): Promise<void> {
  const { clock } = world
  if (step.type === 'wait') clock.now += step.ms
  else if (step.type === 'settle') await settle(world, step)
  else await play(world, step)
  const all = await both(world, (store) => store.jobs.list({ limit: 99 }))
  await both(world, (store) => store.jobs.nextAt())
  if (all.some(({ revision }) => revision > 0)) world.reached.add('again')
}

async function play(
  world: World,
  step: Exclude<JobStep, { readonly type: 'wait' | 'settle' }>,
): Promise<void> {
  const { clock, claimed, reached } = world
  if (step.type === 'enqueue') {
    const jobs = step.jobs.map(({ inMs, leaseMs, owner, ...job }) => ({
      ...job,
      runAt: clock.now + inMs,
      ...(leaseMs > 0 && { lease: { owner, until: clock.now + leaseMs } }),
    }))
    await both(world, (store) => store.jobs.enqueue(jobs))
  } else if (step.type === 'create') {
    const record = sampleRecord({ uploadId: 'u' })
    const job = { kind: 'expire', subject: 'a', runAt: clock.now + step.inMs } as const
    await both(world, async (store) => {
      const { created } = await store.records.create(record, { ...beside, jobs: [job] })
      return created
    })
  } else if (step.type === 'claim') {
    const { owner, leaseMs, limit } = step
    const lease = { owner, until: clock.now + leaseMs }
    const jobs = await both(world, (store) => store.jobs.claim({ lease, now: clock.now, limit }))
    if (jobs.length > 0) reached.add('claimed')
    claimed.push(...jobs.map((job) => ({ job, owner })))
  } else if (step.type === 'renew') {
    const lease = { owner: step.owner, until: clock.now + step.leaseMs }
    const keys = claimed.map(({ job }) => job.key)
    await both(world, async (store) => (await store.jobs.renew(keys, lease)).toSorted())
  } else {
    const [dead] = await both(world, (store) => store.jobs.list({ state: 'dead', limit: 1 }))
    const key = dead?.key ?? 'confirm:nothing'
    reached.add(await both(world, (store) => store.jobs.replay(key)))
  }
}

async function settle(
  world: World,
  { back, outcome }: Extract<JobStep, { readonly type: 'settle' }>,
): Promise<void> {
  const { clock, claimed, reached } = world
  const last = claimed.at(-1 - back)
  if (!last) return
  const toldAt: JobOutcome =
    outcome.status === 'again' ? { ...outcome, runAt: clock.now + outcome.runAt } : outcome
  const answer = await both(world, (store) => store.jobs.settle(last.job, last.owner, toldAt))
  reached.add(answer === 'settled' ? `settled ${outcome.status}` : answer)
}

/** Both do it, and both say the same. */
async function both<Result>(
  { stores: [model, store] }: World,
  work: (store: ImagesStore) => Promise<Result>,
): Promise<Result> {
  const expected = await work(model)
  expect(await work(store)).toEqual(expected)
  return expected
}
