import type { BatchObservableResult, Meter, Observable } from '@opentelemetry/api'
import { circuitStatuses } from '../metrics/circuit-statuses.ts'
import type { InstrumentedClient } from './instrument-client.ts'
import { toAttributes } from './to-attributes.ts'

/** Looks at the client whenever metrics are collected. What it returns ends that. */
export function observeStatus({ events, status }: InstrumentedClient, meter: Meter): () => void {
  const gauges = createGauges(meter)
  const observables: Observable[] = Object.values(gauges)
  let storeDegraded = false
  const endings = [
    events.on('store-degraded', () => void (storeDegraded = true)),
    events.on('store-restored', () => void (storeDegraded = false)),
  ]
  meter.addBatchObservableCallback(observe, observables)
  return () => {
    meter.removeBatchObservableCallback(observe, observables)
    endings.forEach((end) => end())
  }

  function observe(result: BatchObservableResult): void {
    const { circuits, gates, budget, uploadHost } = status()
    for (const { circuit, active, waiting } of circuits) {
      result.observe(gauges.active, active, toAttributes({ circuit }))
      result.observe(gauges.waiting, waiting, toAttributes({ circuit }))
    }
    for (const entry of [...circuits, { circuit: 'upload-host', ...uploadHost }]) {
      for (const [status, value] of toStates(entry.status)) {
        result.observe(gauges.state, value, toAttributes({ circuit: entry.circuit, status }))
      }
    }
    for (const { gate, closedMs } of gates) {
      result.observe(gauges.closed, closedMs / 1000, toAttributes({ gate }))
    }
    result.observe(gauges.budget, budget.tokens)
    result.observe(gauges.degraded, Number(storeDegraded))
  }
}

function createGauges(meter: Meter) {
  return {
    state: gauge('lightfast.circuit.state', '1', '1 for the status a circuit has.'),
    active: gauge('lightfast.call.active', '{call}', 'Calls under way.'),
    waiting: gauge('lightfast.call.waiting', '{call}', 'Calls that wait for others to end.'),
    closed: gauge('lightfast.gate.closed', 's', 'How long nothing is sent: the limit is used up.'),
    budget: gauge('lightfast.retry.budget', '{token}', 'What is left for retries.'),
    degraded: gauge('lightfast.store.degraded', '1', '1 while the store cannot be reached.'),
  }

  function gauge(name: string, unit: string, description: string): Observable {
    return meter.createObservableGauge(name, { unit, description })
  }
}

function toStates(current: string): [status: string, value: number][] {
  return circuitStatuses.map((status) => [status, Number(status === current)])
}
