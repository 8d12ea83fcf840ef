/** Random histories of a circuit: who reported, probed and settled what, and what the clock did meanwhile. */
import * as fc from 'fast-check'
import { defaultBreakerConfig } from '../resilience/breaker-config.ts'
import type { FleetRules, SettledProbe, WitnessReport } from '../resilience/breaker-store.ts'
import type { Outcome } from '../resilience/breaker.ts'

/**
 * A step of a history. Generations and owners are told relative to what has happened so far, so that most of them
 * matter: `behind` counts back from the generation of now, `back` from the latest probe. An owner that is killed
 * is one that no later step settles.
 */
export type Step =
  | { readonly type: 'wait'; readonly ms: number }
  | { readonly type: 'report'; readonly report: WitnessReport; readonly behind: number }
  | { readonly type: 'probe'; readonly leaseMs: number }
  | {
      readonly type: 'settle'
      readonly back: number
      readonly by: 'owner' | 'stranger'
      readonly settled: Omit<SettledProbe, 'owner' | 'generation'>
    }

export interface History {
  readonly rules: readonly FleetRules[]
  readonly steps: readonly (readonly [Step, rules: number])[]
}

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

const rules: fc.Arbitrary<FleetRules> = fc
  .record({
    consecutiveFailures: fc.integer({ min: 1, max: 6 }),
    failureRate: fc.double({ min: 0.1, max: 1, noNaN: true }),
    slowRate: fc.double({ min: 0.1, max: 1, noNaN: true }),
    minimumCalls: fc.integer({ min: 1, max: 12 }),
    windowMs: fc.constantFrom(700, 1000, 3000),
    openMs: fc.integer({ min: 1, max: 500 }),
    maxOpenMs: fc.integer({ min: 100, max: 3000 }),
    quorum: fc.integer({ min: 1, max: 3 }),
    orEverybody: fc.boolean(),
  })
  .map((drawn) => ({ ...defaultBreakerConfig, ...drawn }))

const report: fc.Arbitrary<WitnessReport> = fc
  .record({
    witness: fc.constantFrom('a', 'b', 'c', '__proto__'),
    successes: fc.constantFrom(0, 0, 0, 1, 3),
    slow: fc.constantFrom(0, 0, 1, 4),
    failures: fc.integer({ min: 0, max: 5 }),
    trailing: fc.double({ min: 0, max: 1, noNaN: true }),
    random,
    holdMs: fc.constantFrom(0, 0, 0, 0, 0, 0, 1, 40, 600),
  })
  .map(({ successes, slow, failures, trailing, holdMs, ...rest }) => ({
    ...rest,
    generation: 0,
    calls: successes + slow + failures,
    slow,
    failures,
    trailingFailures: successes + slow === 0 ? failures : Math.floor(trailing * failures),
    ...(holdMs > 0 && { holdMs }),
  }))

const outcomes: readonly Outcome[] = ['success', 'failure', 'slow', 'ignored', 'throttled']

const settled: fc.Arbitrary<Omit<SettledProbe, 'owner' | 'generation'>> = fc
  .record({
    outcome: fc.constantFrom(...outcomes, 'failure'),
    random,
    retryAfterMs: fc.constantFrom(0, 0, 0, 20, 4000),
  })
  .map(({ retryAfterMs, ...rest }) => ({ ...rest, ...(retryAfterMs > 0 && { retryAfterMs }) }))

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('wait'),
      ms: fc.oneof(
        { weight: 6, arbitrary: fc.integer({ min: 1, max: 900 }) },
        { weight: 1, arbitrary: fc.constantFrom(-3_600_000, -500, -3, 5000, 3_600_000) },
      ),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant('report'),
      report,
      behind: fc.constantFrom(0, 0, 0, 0, 1, 2, -1),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constant('probe'), leaseMs: fc.integer({ min: 1, max: 400 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('settle'),
      back: fc.constantFrom(0, 0, 0, 1),
      by: fc.constantFrom('owner', 'owner', 'owner', 'stranger'),
      settled,
    }),
  },
)

export const histories: fc.Arbitrary<History> = fc.record({
  rules: fc.array(rules, { minLength: 1, maxLength: 2 }),
  steps: fc.array(fc.tuple(step, fc.constantFrom(0, 0, 0, 1)), {
    minLength: 5,
    maxLength: 60,
    size: 'max',
  }),
})
