import type { JobCount, JobStore } from '../jobs/job-store.ts'
import { settleWithin } from '../resilience/settle-within.ts'
import type { Surroundings } from '../surroundings.ts'
import type { Uploads, UploadsOperator } from '../uploads/create-uploads.ts'
import type { StateCount } from '../uploads/store.ts'

/** The part of `Uploads` that is looked at. */
export interface CountedUploads extends Pick<Uploads, 'events'> {
  readonly operator: Pick<UploadsOperator, 'count'> & {
    readonly store: { readonly jobs: Pick<JobStore, 'count'> }
  }
}

/** What the database holds at this moment. Undefined: it did not say so in time. */
export interface Stock {
  readonly records: readonly StateCount[] | undefined
  readonly jobs: readonly JobCount[] | undefined
}

/** Whoever asks for figures has an answer within a second. */
const READ_MS = 800

/** A question without an answer is given up after so long, and asked again. */
const GIVE_UP_MS = 30_000

/** Makes what counts records and jobs. It never rejects, and never waits longer than a second. */
export function createStockReader(
  { count, store }: CountedUploads['operator'],
  surroundings: Pick<Surroundings, 'monotonic' | 'schedule'>,
): () => Promise<Stock> {
  const readRecords = createRead(count, surroundings)
  const readJobs = createRead(() => store.jobs.count(), surroundings)
  return async function readStock() {
    const [records, jobs] = await Promise.all([readRecords(), readJobs()])
    return { records, jobs }
  }
}

/** One question at a time: whoever looks every few seconds must not heap questions on a database that is slow already. */
function createRead<Counts>(
  count: () => Promise<Counts>,
  { monotonic, schedule }: Pick<Surroundings, 'monotonic' | 'schedule'>,
): () => Promise<Counts | undefined> {
  let asked: Question<Counts> | undefined
  return function read() {
    const isUsable = asked && !asked.isOver() && monotonic() - asked.at < GIVE_UP_MS
    const question = asked && isUsable ? asked : ask(count, monotonic())
    asked = question
    const limits = { schedule, ms: READ_MS, signal: undefined, onTime }
    return settleWithin<Counts | undefined>(limits, (resolve) => {
      void question.counts.then(resolve)
    })
  }
}

interface Question<Counts> {
  readonly at: number
  readonly counts: Promise<Counts | undefined>
  readonly isOver: () => boolean
}

function ask<Counts>(count: () => Promise<Counts>, at: number): Question<Counts> {
  let isOver = false
  return { at, counts: attempt(), isOver: () => isOver }

  async function attempt(): Promise<Counts | undefined> {
    try {
      return await count()
    } catch {
      return undefined
    } finally {
      isOver = true
    }
  }
}

function onTime(resolve: (counts: undefined) => void): void {
  resolve(undefined)
}
