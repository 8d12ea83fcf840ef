import type { ImagesClient } from '../client/create-images-client.ts'
import type { Events } from '../events.ts'
import { createCounter } from './counter.ts'
import type { FamilySource } from './family-source.ts'
import { toGauges } from './gauges.ts'
import { createHistogram } from './histogram.ts'

/** Counts what a client tells, and reads how it is whenever it is asked. */
export function createClientFamilies(
  client: Pick<ImagesClient, 'events' | 'status'>,
  buckets: readonly number[],
): FamilySource {
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
    toFamilies: async () => [
      ...counts.toFamilies(),
      durations.toFamily(),
      ...toGauges(client.status(), { storeDegraded }),
    ],
    close: () => endings.forEach((end) => end()),
  }
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
