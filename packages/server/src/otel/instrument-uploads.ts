import { metrics } from '@opentelemetry/api'
import type { JobRunner } from '../jobs/create-job-runner.ts'
import type { CountedUploads } from '../metrics/read-stock.ts'
import { defaultSurroundings } from '../surroundings.ts'
import type { Surroundings } from '../surroundings.ts'
import { countJobs } from './count-jobs.ts'
import { countUploads } from './count-uploads.ts'
import type { InstrumentOptions } from './instrument-client.ts'
import { observeStock } from './observe-stock.ts'

export interface InstrumentUploadsOptions
  extends InstrumentOptions, Partial<Pick<Surroundings, 'now' | 'monotonic' | 'schedule'>> {
  /** Whose tries of jobs are recorded as well. */
  readonly runner?: Pick<JobRunner, 'events'>
}

/**
 * Maps what uploads and jobs tell to metrics of OpenTelemetry, from now on, and counts records and jobs whenever metrics are collected.
 * No attribute holds an id, a token or an address.
 * @returns What ends it: nothing is recorded or observed after that.
 */
export function instrumentUploads(
  uploads: CountedUploads,
  options: InstrumentUploadsOptions = {},
): () => void {
  const { runner, meter = metrics.getMeter('@lightfast/server') } = options
  const surroundings = { ...defaultSurroundings, ...options }
  const endings = [
    countUploads(uploads.events, meter),
    ...(runner ? [countJobs(runner.events, meter)] : []),
    observeStock(uploads, { meter, surroundings }),
  ]
  return () => endings.forEach((end) => end())
}
