import type { ImagesClient } from '../client/create-images-client.ts'
import type { Events } from '../events.ts'
import { durationBuckets } from './buckets.ts'
import { createCounter } from './counter.ts'
import { contentType, writeFamilies } from './exposition.ts'
import { toGauges } from './gauges.ts'
import { createHistogram } from './histogram.ts'

export interface MetricsOptions {
  /** The upper ends of the duration buckets, in seconds and rising. @default what OpenTelemetry advises, 5 ms to 10 s */
  readonly buckets?: readonly number[]
}

/** What a client did and how it is, for Prometheus. */
export interface Metrics {
  /** Writes everything in the text format, version 0.0.4. */
  readonly render: () => string
  /** What the reply with it should be labelled. */
  readonly contentType: string
  /** Stops counting. */
  readonly close: () => void
}

/**
 * Counts what a client tells, from now on. Labels are closed sets and names of operations: no id makes a series.
 * @throws RangeError if the buckets do not rise.
 */
export function createMetrics(
  client: Pick<ImagesClient, 'events' | 'status'>,
  { buckets = durationBuckets }: MetricsOptions = {},
): Metrics {
  checkBuckets(buckets)
  const counts = createCounts(client.events)
  const durations = createHistogram(
    'lightfast_attempt_duration_seconds',
    'How long requests took, bodies included.',
    buckets,
  )
  let storeDegraded = false
  const endings = [
    counts.close,
    client.events.on('attempted', ({ circuit, outcome, durationMs }) => {
      durations.observe({ circuit, outcome }, durationMs / 1000)
    }),
    client.events.on('store-degraded', () => void (storeDegraded = true)),
    client.events.on('store-restored', () => void (storeDegraded = false)),
  ]
  return {
    contentType,
    render: () =>
      writeFamilies([
        ...counts.toFamilies(),
        durations.toFamily(),
        ...toGauges(client.status(), { storeDegraded }),
      ]),
    close: () => endings.forEach((end) => end()),
  }
}

/** A bucket is found by the first end that is not below the value, which only rising ends make right. The one without end is ours. */
function checkBuckets(buckets: readonly number[]): void {
  const rising = buckets.every((end, at) => end > (buckets[at - 1] ?? -Infinity))
  if (!rising || buckets.includes(Infinity))
    throw new RangeError('The buckets of createMetrics must be finite numbers that rise.')
}

function createCounts({ on }: Events) {
  const calls = createCounter('lightfast_calls_total', 'Calls that ended.')
  const retries = createCounter('lightfast_retries_total', 'Attempts that were repeated.')
  const forgone = createCounter(
    'lightfast_retries_forgone_total',
    'Attempts that could have been repeated, and were not.',
  )
  const refusals = createCounter('lightfast_refusals_total', 'Calls refused before they were sent.')
  const transitions = createCounter('lightfast_circuit_transitions_total', 'Changes of circuits.')
  const closings = createCounter('lightfast_gate_closings_total', 'Times a limit was used up.')
  const batch = createCounter('lightfast_batch_unavailable_total', 'Batch tokens not to be had.')
  const endings = [
    on('called', ({ operation, outcome, code = '' }) => calls.add({ operation, outcome, code })),
    on('retried', ({ operation, reason }) => retries.add({ operation, reason })),
    on('retry-forgone', ({ because }) => forgone.add({ because })),
    on('refused', ({ circuit, by }) => refusals.add({ circuit, by })),
    on('circuit-changed', ({ circuit, from, to, because }) =>
      transitions.add({ circuit, from, to, because }),
    ),
    on('gate-closed', ({ gate }) => closings.add({ gate })),
    on('batch-unavailable', ({ reason }) => batch.add({ reason })),
  ]
  const all = [calls, retries, forgone, refusals, transitions, closings, batch]
  return {
    toFamilies: () => all.map((counter) => counter.toFamily()),
    close: () => endings.forEach((end) => end()),
  }
}
