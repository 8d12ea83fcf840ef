import type { Events } from '../events.ts'
import type { JobEvent } from '../jobs/job-events.ts'
import { jobBuckets } from './buckets.ts'
import { createCounter } from './counter.ts'
import type { Family } from './exposition.ts'
import type { FamilySource } from './family-source.ts'
import { createHistogram } from './histogram.ts'

/** Counts what a job runner tells. */
export function createJobFamilies({ on }: Events<JobEvent>): FamilySource {
  const settled = createCounter('lightfast_jobs_settled_total', 'Tries of jobs that ended.')
  const lost = createCounter('lightfast_jobs_lost_total', 'Jobs that somebody else does again.')
  const failed = createCounter(
    'lightfast_dispatches_failed_total',
    'Times the dispatcher took no jobs: the poll finds them later.',
  )
  const durations = createHistogram(
    'lightfast_job_duration_seconds',
    'How long tries of jobs took.',
    jobBuckets,
  )
  let degraded = false
  const endings = [
    on('job-settled', ({ kind, outcome, durationMs }) => {
      settled.add({ kind, outcome })
      durations.observe({ kind, outcome }, durationMs / 1000)
    }),
    on('job-lost', ({ kind }) => lost.add({ kind })),
    on('dispatch-failed', () => failed.add({})),
    on('store-degraded', () => void (degraded = true)),
    on('store-restored', () => void (degraded = false)),
  ]
  return {
    toFamilies: async () => [
      ...[settled, lost, failed].map((counter) => counter.toFamily()),
      durations.toFamily(),
      toDegraded(degraded),
    ],
    close: () => endings.forEach((end) => end()),
  }
}

function toDegraded(degraded: boolean): Family {
  const help = '1 while the job runner cannot reach its table.'
  const samples = [{ labels: {}, value: Number(degraded) }]
  return { name: 'lightfast_job_store_degraded', help, type: 'gauge', samples }
}
