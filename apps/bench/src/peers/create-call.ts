import type { Call } from './shipped.ts'

/** The deadline of the client. */
const DEADLINE_MS = 20_000

const request = new Request('https://host.example')

/** Describes a call that is safe to repeat: one of its own each time, as the client makes them. */
export function createCall<Result>(
  now: number,
  readReply: Call<Result>['readReply'],
): Call<Result> {
  return {
    operation: 'images.get',
    circuit: 'read',
    gate: 'api',
    repeat: 'safe',
    tally: { sent: 0, at: 0 },
    deadlineAt: now + DEADLINE_MS,
    signal: undefined,
    makeRequest: () => request,
    readReply,
  }
}
