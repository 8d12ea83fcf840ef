/** Votes that overlap: each is counted for what it is, whatever else is on its way to the store. */
import { expect, test } from 'vitest'
import { createEventBus } from '../events.ts'
import { createVirtualTime } from '../test-support/virtual-time.ts'
import { defaultBreakerConfig } from './breaker-config.ts'
import type { BreakerStore, WitnessReport } from './breaker-store.ts'
import { createMemoryBreakerStore } from './memory-breaker-store.ts'
import { createStoreGuard } from './store-guard.ts'
import { createWitnessedCircuit } from './witnessed-circuit.ts'

/** Three different people's failures open it, if there was no success between. The store takes 5 ms to hear of one. */
function setUpVotes() {
  const time = createVirtualTime()
  const real = createMemoryBreakerStore({ now: time.now })
  const reports: WitnessReport[] = []
  const store: BreakerStore = {
    ...real,
    async report(circuit, report, rules) {
      reports.push(report)
      await new Promise<void>((resolve) => time.schedule(resolve, 5))
      return real.report(circuit, report, rules)
    },
  }
  const surroundings = { ...time, random: () => 0.5 }
  const bus = createEventBus(() => undefined)
  const rules = { ...defaultBreakerConfig, consecutiveFailures: 3, quorum: 3, orEverybody: false }
  const guard = createStoreGuard({ timeoutMs: 50, surroundings, bus })
  const options = { store, scope: 'account', rules, refreshMs: 500, guard, surroundings, bus }
  const { vote } = createWitnessedCircuit({ circuit: 'upload-host', ...options })
  /** Votes in one moment, and waits for all of them. */
  async function voteAtOnce(...votes: readonly (readonly [string, 'success' | 'failure'])[]) {
    const all = votes.map(([witness, outcome]) => vote(witness, outcome))
    await time.advance(1000)
    await Promise.all(all)
    return real.observe('account:upload-host')
  }
  return { voteAtOnce, reports }
}

test('three people who see it fail at the same moment open it', async () => {
  const { voteAtOnce } = setUpVotes()
  const verdict = await voteAtOnce(['ann', 'failure'], ['ben', 'failure'], ['cyd', 'failure'])
  expect(verdict).toMatchObject({ status: 'open', trips: 1 })
})

test('one who sees it fail a hundred times at the same moment does not', async () => {
  const { voteAtOnce } = setUpVotes()
  const votes = Array.from({ length: 100 }, () => ['ann', 'failure'] as const)
  expect(await voteAtOnce(...votes)).toMatchObject({ status: 'closed' })
})

// A vote takes along what was noted before it, and leaves nothing to the next.
test('votes at the same moment are counted once each', async () => {
  const { voteAtOnce, reports } = setUpVotes()
  await voteAtOnce(['ann', 'failure'], ['ben', 'failure'])
  expect(reports.map(({ failures }) => failures)).toEqual([1, 1])
})

// What was noted since a vote left is kept until the next one.
test('a success that comes while a failure is being told is kept', async () => {
  const { voteAtOnce } = setUpVotes()
  await voteAtOnce(['ann', 'failure'])
  await voteAtOnce(['ben', 'failure'], ['cyd', 'success'])
  expect(await voteAtOnce(['cyd', 'failure'])).toMatchObject({ status: 'closed' })
})
