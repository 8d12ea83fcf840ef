import type { Counter, Meter, ObservableResult } from '@opentelemetry/api'
import type { Events } from '../events.ts'
import type { JobEvent } from '../jobs/job-events.ts'
import { jobBuckets } from '../metrics/buckets.ts'
import { toAttributes } from './to-attributes.ts'

/** Records how tries of jobs end when they do. What it returns ends that. */
export function countJobs({ on }: Events<JobEvent>, meter: Meter): () => void {
  const { durations, settled, lost, failed, degraded } = createInstruments(meter)
  let isDegraded = false
  const observe = (result: ObservableResult): void => result.observe(Number(isDegraded))
  degraded.addCallback(observe)
  const endings = [
    on('job-settled', ({ kind, outcome, code, durationMs }) => {
      settled.add(1, toAttributes({ kind, outcome }, code))
      durations.record(durationMs / 1000, toAttributes({ kind, outcome }))
    }),
    on('job-lost', ({ kind }) => lost.add(1, toAttributes({ kind }))),
    on('dispatch-failed', () => failed.add(1)),
    on('store-degraded', () => void (isDegraded = true)),
    on('store-restored', () => void (isDegraded = false)),
    () => degraded.removeCallback(observe),
  ]
  return () => endings.forEach((end) => end())
}

function createInstruments(meter: Meter) {
  return {
    durations: meter.createHistogram('lightfast.job.duration', {
      description: 'How long tries of jobs took.',
      unit: 's',
      advice: { explicitBucketBoundaries: [...jobBuckets] },
    }),
    settled: count('lightfast.job.settled', '{try}', 'Tries of jobs that ended.'),
    lost: count('lightfast.job.lost', '{job}', 'Jobs that somebody else does again.'),
    failed: count('lightfast.dispatch.failed', '{dispatch}', 'Times the dispatcher took no jobs.'),
    degraded: meter.createObservableGauge('lightfast.job.store.degraded', {
      description: '1 while the job runner cannot reach its table.',
      unit: '1',
    }),
  }

  function count(name: string, unit: string, description: string): Counter {
    return meter.createCounter(name, { unit, description })
  }
}
