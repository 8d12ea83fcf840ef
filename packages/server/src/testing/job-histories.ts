/** Random histories of jobs: who enqueued, claimed, renewed and settled what, and what the clock did meanwhile. */
import * as fc from 'fast-check'
import type { JobOutcome, NewJob } from '../jobs/job-store.ts'

/** A step of a history. Times are told relative to the clock, and a try by how long ago it was claimed. */
export type JobStep =
  | { readonly type: 'wait'; readonly ms: number }
  | { readonly type: 'enqueue'; readonly jobs: readonly Enqueued[] }
  | { readonly type: 'create'; readonly inMs: number }
  | {
      readonly type: 'claim'
      readonly owner: string
      readonly leaseMs: number
      readonly limit: number
    }
  | { readonly type: 'renew'; readonly owner: string; readonly leaseMs: number }
  | { readonly type: 'settle'; readonly back: number; readonly outcome: JobOutcome }
  | { readonly type: 'replay' }

type Enqueued = Pick<NewJob, 'kind' | 'subject'> & {
  readonly inMs: number
  readonly owner: string
  /** 0: without one. */
  readonly leaseMs: number
}

const owner = fc.constantFrom('one', 'two', '__proto__')
const leaseMs = fc.integer({ min: 1, max: 60 })
const inMs = fc.integer({ min: -30, max: 80 })

const enqueued: fc.Arbitrary<Enqueued> = fc.record({
  kind: fc.constantFrom('confirm', 'expire'),
  subject: fc.constantFrom('a', 'b', 'B'),
  inMs,
  owner,
  leaseMs: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: leaseMs }),
})

const outcome: fc.Arbitrary<JobOutcome> = fc.oneof(
  fc.constant({ status: 'done' } as const),
  fc.constant({ status: 'dead', code: 'host_refused' } as const),
  fc.record({
    status: fc.constant('again' as const),
    runAt: inMs,
    tries: fc.integer({ min: 0, max: 9 }),
    pauseMs: fc.integer({ min: 0, max: 300_000 }),
    code: fc.constantFrom('host_unavailable', null),
  }),
)

const step: fc.Arbitrary<JobStep> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('wait' as const),
      ms: fc.oneof(
        { weight: 9, arbitrary: fc.integer({ min: 1, max: 50 }) },
        { weight: 1, arbitrary: fc.constantFrom(-3_600_000, -20, 3_600_000) },
      ),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant('enqueue' as const),
      jobs: fc.array(enqueued, { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('create' as const), inMs }) },
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant('claim' as const),
      owner,
      leaseMs,
      limit: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('renew' as const), owner, leaseMs }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant('settle' as const),
      back: fc.constantFrom(0, 0, 0, 1, 2),
      outcome,
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('replay' as const) }) },
)

export const jobHistories: fc.Arbitrary<readonly JobStep[]> = fc.array(step, {
  minLength: 5,
  maxLength: 50,
  size: 'max',
})
