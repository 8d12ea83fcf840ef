import type { ImagesClient } from '../client/create-images-client.ts'
import type { JobRunner } from '../jobs/create-job-runner.ts'
import { defaultSurroundings } from '../surroundings.ts'
import type { Surroundings } from '../surroundings.ts'
import { durationBuckets } from './buckets.ts'
import { createClientFamilies } from './client-families.ts'
import { contentType, writeFamilies } from './exposition.ts'
import type { FamilySource } from './family-source.ts'
import { createJobFamilies } from './job-families.ts'
import { createStockReader } from './read-stock.ts'
import type { CountedUploads } from './read-stock.ts'
import { toStockGauges } from './stock-gauges.ts'
import { createUploadFamilies } from './upload-families.ts'

export interface MetricsOptions extends Partial<
  Pick<Surroundings, 'now' | 'monotonic' | 'schedule'>
> {
  /** Whose records, jobs and events are counted as well. */
  readonly uploads?: CountedUploads
  /** Whose tries of jobs are counted as well. */
  readonly runner?: Pick<JobRunner, 'events'>
  /** The upper ends of the buckets of attempts, in seconds and rising. @default what OpenTelemetry advises, 5 ms to 10 s */
  readonly buckets?: readonly number[]
}

/** What a client, uploads and jobs did and how they are, for Prometheus. */
export interface Metrics {
  /**
   * Writes everything in the text format, version 0.0.4. It never rejects, and takes a second at the most: while the database does not
   * answer, what it would tell is missing, and `lightfast_database_up` is 0.
   */
  readonly render: () => Promise<string>
  /** What the reply with it should be labelled. */
  readonly contentType: string
  /** Stops counting. */
  readonly close: () => void
}

/**
 * Counts what a client tells, and uploads and jobs if they are given, from now on. Labels are closed sets, names of operations and kinds
 * of uploads: no id makes a series.
 * @throws RangeError if the buckets do not rise.
 */
export function createMetrics(
  client: Pick<ImagesClient, 'events' | 'status'>,
  options: MetricsOptions = {},
): Metrics {
  const { uploads, runner, buckets = durationBuckets } = options
  checkBuckets(buckets)
  const sources = [
    createClientFamilies(client, buckets),
    ...(uploads ? [createUploadFamilies(uploads.events)] : []),
    ...(runner ? [createJobFamilies(runner.events)] : []),
    ...(uploads ? [createStockFamilies(uploads, { ...defaultSurroundings, ...options })] : []),
  ]
  return {
    contentType,
    async render() {
      const families = await Promise.all(sources.map((source) => source.toFamilies()))
      return writeFamilies(families.flat())
    },
    close: () => sources.forEach((source) => source.close()),
  }
}

/** A bucket is found by the first end that is not below the value, which only rising ends make right. The one without end is ours. */
function checkBuckets(buckets: readonly number[]): void {
  const rising = buckets.every((end, at) => end > (buckets[at - 1] ?? -Infinity))
  if (!rising || buckets.includes(Infinity))
    throw new RangeError('The buckets of createMetrics must be finite numbers that rise.')
}

function createStockFamilies(
  { operator }: CountedUploads,
  surroundings: Pick<Surroundings, 'now' | 'monotonic' | 'schedule'>,
): FamilySource {
  const readStock = createStockReader(operator, surroundings)
  return {
    toFamilies: async () => toStockGauges(await readStock(), surroundings.now()),
    close: () => undefined,
  }
}
