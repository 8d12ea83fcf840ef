import type { Attributes, Counter, Meter } from '@opentelemetry/api'
import type { AttemptEvent, Events } from '../events.ts'
import { durationBuckets } from '../metrics/buckets.ts'
import { toAttributes } from './to-attributes.ts'

/** Records what happens when it happens. What it returns ends that. */
export function countEvents({ on }: Events, meter: Meter): () => void {
  const { durations, calls, retries, forgone, refusals, transitions, closings, batch } =
    createInstruments(meter)
  const endings = [
    on('attempted', (event) => durations.record(event.durationMs / 1000, describe(event))),
    on('called', ({ operation, circuit, outcome, code }) =>
      calls.add(1, toAttributes({ operation, circuit, outcome }, code)),
    ),
    on('retried', ({ operation, circuit, reason }) =>
      retries.add(1, toAttributes({ operation, circuit }, reason)),
    ),
    on('retry-forgone', ({ operation, circuit, because, reason }) =>
      forgone.add(1, toAttributes({ operation, circuit, because }, reason)),
    ),
    on('refused', ({ operation, circuit, by }) =>
      refusals.add(1, toAttributes({ operation, circuit, by })),
    ),
    on('circuit-changed', ({ circuit, from, to, because }) =>
      transitions.add(1, toAttributes({ circuit, from, to, because })),
    ),
    on('gate-closed', ({ gate }) => closings.add(1, toAttributes({ gate }))),
    on('batch-unavailable', ({ reason }) => batch.add(1, toAttributes({}, reason))),
  ]
  return () => endings.forEach((end) => end())
}

function createInstruments(meter: Meter) {
  return {
    durations: meter.createHistogram('http.client.request.duration', {
      description: 'Duration of HTTP client requests.',
      unit: 's',
      advice: { explicitBucketBoundaries: [...durationBuckets] },
    }),
    calls: count('lightfast.calls', '{call}', 'Calls that ended.'),
    retries: count('lightfast.retries', '{retry}', 'Attempts that were repeated.'),
    forgone: count('lightfast.retry.forgone', '{retry}', 'Attempts that were not repeated.'),
    refusals: count('lightfast.refusals', '{call}', 'Calls refused before they were sent.'),
    transitions: count('lightfast.circuit.transitions', '{transition}', 'Changes of circuits.'),
    closings: count('lightfast.gate.closings', '{closing}', 'Times a limit was used up.'),
    batch: count('lightfast.batch.unavailable', '{token}', 'Batch tokens not to be had.'),
  }

  function count(name: string, unit: string, description: string): Counter {
    return meter.createCounter(name, { unit, description })
  }
}

/**
 * How often it was sent is no attribute: the conventions have `http.request.resend_count` on spans alone.
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-metrics/#metric-httpclientrequestduration
 */
function describe({ operation, circuit, outcome, code, status }: AttemptEvent): Attributes {
  // Without a failure of ours, one that told nothing was given up by its caller.
  const failure = code ?? (outcome === 'ignored' ? 'aborted' : undefined)
  return {
    ...toAttributes({ operation, circuit, outcome }, failure),
    ...(status !== undefined && { 'http.response.status_code': status }),
  }
}
