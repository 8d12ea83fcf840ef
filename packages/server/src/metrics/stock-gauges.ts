import type { Family, Sample } from './exposition.ts'
import { labelJobs, labelRecords } from './label-counts.ts'
import type { LabelledCount } from './label-counts.ts'
import type { Stock } from './read-stock.ts'

/** Turns what the database holds into gauges. What it did not tell is left out, and the last of them says so. */
export function toStockGauges({ records, jobs }: Stock, now: number): readonly Family[] {
  const recordCounts = labelRecords(records ?? [], now)
  const jobCounts = jobs ? labelJobs(jobs, now) : []
  const up = Number(records !== undefined && jobs !== undefined)
  return [
    gauge(
      'records',
      'Records by state, and where and why they stalled.',
      recordCounts.map(toCount),
    ),
    gauge(
      'records_oldest_seconds',
      'How long ago the oldest of them last changed.',
      recordCounts.map(toAge),
    ),
    gauge(
      'jobs',
      'Jobs that wait or are done, and jobs that were given up.',
      jobCounts.map(toCount),
    ),
    gauge('jobs_oldest_seconds', 'How long ago the oldest was written.', jobCounts.map(toAge)),
    gauge('database_up', '1 if records and jobs could be counted just now.', [
      { labels: {}, value: up },
    ]),
  ]
}

function toCount({ labels, count }: LabelledCount): Sample {
  return { labels, value: count }
}

function toAge({ labels, oldestSeconds }: LabelledCount): Sample {
  return { labels, value: oldestSeconds }
}

function gauge(name: string, help: string, samples: readonly Sample[]): Family {
  return { name: `lightfast_${name}`, help, type: 'gauge', samples }
}
