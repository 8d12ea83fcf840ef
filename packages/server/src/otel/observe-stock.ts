import type { Attributes, BatchObservableResult, Meter, Observable } from '@opentelemetry/api'
import { labelJobs, labelRecords } from '../metrics/label-counts.ts'
import type { LabelledCount } from '../metrics/label-counts.ts'
import { createStockReader } from '../metrics/read-stock.ts'
import type { CountedUploads } from '../metrics/read-stock.ts'
import type { Surroundings } from '../surroundings.ts'
import { toAttributes } from './to-attributes.ts'

export interface ObserveStockOptions {
  readonly meter: Meter
  readonly surroundings: Pick<Surroundings, 'now' | 'monotonic' | 'schedule'>
}

/** Counts records and jobs whenever metrics are collected. What it returns ends that. */
export function observeStock(
  { operator }: CountedUploads,
  { meter, surroundings }: ObserveStockOptions,
): () => void {
  const gauges = createGauges(meter)
  const observables: Observable[] = Object.values(gauges)
  const readStock = createStockReader(operator, surroundings)
  meter.addBatchObservableCallback(observe, observables)
  return () => meter.removeBatchObservableCallback(observe, observables)

  async function observe(result: BatchObservableResult): Promise<void> {
    const { records, jobs } = await readStock()
    const now = surroundings.now()
    for (const one of labelRecords(records ?? [], now)) {
      result.observe(gauges.records, one.count, describe(one))
      result.observe(gauges.oldestRecords, one.oldestSeconds, describe(one))
    }
    for (const one of jobs ? labelJobs(jobs, now) : []) {
      result.observe(gauges.jobs, one.count, describe(one))
      result.observe(gauges.oldestJobs, one.oldestSeconds, describe(one))
    }
    result.observe(gauges.up, Number(records !== undefined && jobs !== undefined))
  }
}

function createGauges(meter: Meter) {
  return {
    records: gauge(
      'lightfast.record.count',
      '{record}',
      'Records, and where and why they stalled.',
    ),
    oldestRecords: gauge('lightfast.record.oldest', 's', 'How long ago the oldest last changed.'),
    jobs: gauge('lightfast.job.count', '{job}', 'Jobs that wait or are done, or were given up.'),
    oldestJobs: gauge('lightfast.job.oldest', 's', 'How long ago the oldest was written.'),
    up: gauge('lightfast.database.up', '1', '1 if records and jobs could be counted just now.'),
  }

  function gauge(name: string, unit: string, description: string): Observable {
    return meter.createObservableGauge(name, { unit, description })
  }
}

/** Here what there is nothing to tell of is left out, and a failure goes where the conventions put it. */
function describe({ labels: { code, ...labels } }: LabelledCount): Attributes {
  const known = Object.entries(labels).filter(([, value]) => value !== '')
  return toAttributes(Object.fromEntries(known), code || undefined)
}
