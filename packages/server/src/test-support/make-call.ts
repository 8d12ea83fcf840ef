import type { Call } from '../resilience/layer.ts'

/** A call like any other. */
export function makeCall<Result = unknown>(given: Partial<Call<Result>> = {}): Call<Result> {
  return {
    operation: 'images.get',
    circuit: 'read',
    gate: 'api',
    repeat: 'safe',
    tally: { sent: 0, at: 0 },
    deadlineAt: 20_000,
    signal: undefined,
    makeRequest: () => new Request('https://api.example'),
    readReply: () => Promise.reject(new Error('Nothing is read here.')),
    ...given,
  }
}
