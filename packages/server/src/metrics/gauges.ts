import type { ClientStatus } from '../client/create-client-core.ts'
import { circuitStatuses } from './circuit-statuses.ts'
import type { Family, Sample } from './exposition.ts'

/** What a gauge needs that the client's status does not tell. */
export interface GaugeFacts {
  readonly storeDegraded: boolean
}

/** Turns what holds the client together at this moment into gauges. */
export function toGauges(status: ClientStatus, { storeDegraded }: GaugeFacts): readonly Family[] {
  const { circuits, budget, gates, uploadHost } = status
  const states = [...circuits, { circuit: 'upload-host', status: uploadHost.status }]
  return [
    gauge('circuit_state', '1 for the state a circuit is in.', states.flatMap(toStates)),
    gauge(
      'calls_active',
      'Calls under way.',
      circuits.map(({ circuit, active: value }) => ({ labels: { circuit }, value })),
    ),
    gauge(
      'calls_waiting',
      'Calls that wait for others to end.',
      circuits.map(({ circuit, waiting: value }) => ({ labels: { circuit }, value })),
    ),
    gauge(
      'gate_closed_seconds',
      'How long nothing is sent, because the limit of the account is used up.',
      gates.map(({ gate, closedMs }) => ({ labels: { gate }, value: closedMs / 1000 })),
    ),
    gauge('retry_budget_tokens', 'What is left for retries.', [single(budget.tokens)]),
    gauge('retry_budget_size_tokens', 'What there is for retries when calm.', [single(budget.of)]),
    gauge('store_degraded', '1 while the shared store cannot be reached.', [
      single(Number(storeDegraded)),
    ]),
  ]
}

function gauge(name: string, help: string, samples: readonly Sample[]): Family {
  return { name: `lightfast_${name}`, help, type: 'gauge', samples }
}

function toStates(entry: { readonly circuit: string; readonly status: string }): Sample[] {
  const { circuit } = entry
  return circuitStatuses.map((status) => ({
    labels: { circuit, status },
    value: Number(status === entry.status),
  }))
}

function single(value: number): Sample {
  return { labels: {}, value }
}
