import type { Job, JobCount, JobStore } from '../../jobs/job-store.ts'
import {
  claimJob,
  earliestFirst,
  isHeld,
  replayJob,
  settleJob,
  toJob,
  toReadyAt,
} from '../stored-job.ts'
import type { StoredJob } from '../stored-job.ts'
import { putJobs } from './tables.ts'
import type { Tables } from './tables.ts'

/** Makes the part that keeps jobs. */
export function createJobs(tables: Tables, now: () => number): JobStore {
  const { jobs } = tables
  const put = (job: StoredJob): Job => {
    jobs.set(job.key, job)
    return toJob(job)
  }
  return {
    enqueue: async (added) => putJobs(tables, added, now()),
    async claim({ lease, now, limit, keys, kinds }) {
      const due = queued(tables).filter((job) => toReadyAt(job) <= now)
      const asked = due.filter(
        ({ key, kind }) => (keys?.includes(key) ?? true) && (kinds?.includes(kind) ?? true),
      )
      return asked
        .toSorted(readyFirst)
        .slice(0, limit)
        .map((job) => put(claimJob(job, lease)))
        .toSorted(earliestFirst)
    },
    async renew(keys, lease) {
      const mine = queued(tables).filter((job) => job.lease?.owner === lease.owner)
      const renewed = mine.filter(({ key }) => keys.includes(key))
      return renewed.map((job) => put({ ...job, lease }).key)
    },
    async settle(job, owner, outcome) {
      const before = jobs.get(job.key)
      if (!before || !isHeld(before, job, owner)) return 'lost'
      const after = settleJob(before, job, outcome)
      if (after) put(after)
      else jobs.delete(job.key)
      return 'settled'
    },
    async find(key) {
      const job = jobs.get(key)
      return job && toJob(job)
    },
    async list({ state, kind, after = '', limit }) {
      const found = [...jobs.values()].filter(
        (job) =>
          job.key > after &&
          (state === undefined || job.state === state) &&
          (kind === undefined || job.kind === kind),
      )
      return found.toSorted(byKey).slice(0, limit).map(toJob)
    },
    async replay(key) {
      const job = jobs.get(key)
      if (job?.state !== 'dead') return 'missing'
      put(replayJob(job, now()))
      return 'replayed'
    },
    count: async () => count(jobs.values()),
    async nextAt() {
      const times = queued(tables).map(toReadyAt)
      return times.length === 0 ? undefined : times.reduce((one, other) => Math.min(one, other))
    },
  }
}

function queued({ jobs }: Tables): readonly StoredJob[] {
  return [...jobs.values()].filter(({ state }) => state === 'queued')
}

function readyFirst(one: StoredJob, other: StoredJob): number {
  return toReadyAt(one) - toReadyAt(other) || byKey(one, other)
}

function byKey(one: Job, other: Job): number {
  return one.key < other.key ? -1 : 1
}

function count(jobs: Iterable<Job>): readonly JobCount[] {
  const counts = new Map<string, JobCount>()
  for (const { kind, state, createdAt } of jobs) {
    const before = counts.get(`${kind} ${state}`) ?? { kind, state, count: 0, oldestAt: createdAt }
    const oldestAt = Math.min(before.oldestAt, createdAt)
    counts.set(`${kind} ${state}`, { ...before, count: before.count + 1, oldestAt })
  }
  return [...counts.values()]
}
