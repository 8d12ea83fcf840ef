/** What every `BreakerStore` promises, as tests. Each test gets a fresh store and a clock that it moves by hand. */
import { describe, expect, test } from 'vitest'
import type { BreakerStore, FleetRules, SettledProbe } from '../resilience/breaker-store.ts'
import type { WitnessReport } from '../resilience/breaker-store.ts'
import { defaultBreakerConfig } from '../resilience/breaker-config.ts'

/** Makes an empty store that goes by this clock, in whole milliseconds. */
export type OpenBreakerStore = (now: () => number) => Promise<BreakerStore>

const rules: FleetRules = { ...defaultBreakerConfig, quorum: 2, orEverybody: true }
const { openMs, windowMs } = rules
const byRate = { ...rules, consecutiveFailures: Infinity }
const deaf = { ...byRate, minimumCalls: Infinity }

const closed = (generation: number) => ({ status: 'closed', generation, remainingMs: 0, trips: 0 })

/** What a witness saw: so many failures, and nothing else unless told. */
const saw = (
  witness: string,
  failures: number,
  more: Partial<WitnessReport> = {},
): WitnessReport => ({
  witness,
  generation: 0,
  calls: failures,
  failures,
  slow: 0,
  trailingFailures: failures,
  random: 0.5,
  ...more,
})

const hold = (holdMs: number, generation = 0) => saw('a', 0, { holdMs, generation })
const fine = (witness: string, calls = 1) => saw(witness, 0, { calls })

export function describeBreakerStore(name: string, openStore: OpenBreakerStore): void {
  async function setUp() {
    const clock = { now: 1_795_000_000_000 }
    return { clock, store: await openStore(() => clock.now) }
  }

  /** A circuit at generation 1 that a lone witness opened for the given time. */
  async function setUpOpen() {
    const { clock, store } = await setUp()
    await store.report('read', saw('a', 5), rules)
    return { clock, store }
  }

  /** A circuit at generation 2 whose probe is out. */
  async function setUpProbing() {
    const { clock, store } = await setUpOpen()
    clock.now += openMs
    const probe = await store.tryProbe('read', { owner: 'one', leaseMs: 1000 })
    expect(probe).toMatchObject({ granted: true, status: 'probing', generation: 2 })
    const settle = (outcome: SettledProbe['outcome'], more: Partial<SettledProbe> = {}) =>
      store.settleProbe(
        'read',
        { owner: 'one', generation: 2, outcome, random: 0.5, ...more },
        rules,
      )
    return { clock, store, settle }
  }

  describe(`${name}: observe`, () => {
    test('finds what nobody has reported on closed, however often it looks', async () => {
      const { clock, store } = await setUp()
      expect(await store.observe('read')).toEqual(closed(0))
      clock.now += windowMs
      expect(await store.observe('read')).toEqual(closed(0))
    })

    test('tells what remains, and lets nobody through by looking', async () => {
      const { clock, store } = await setUpOpen()
      clock.now += openMs - 1
      const before = { status: 'open', generation: 1, trips: 1, reason: 'consecutive' }
      expect(await store.observe('read')).toEqual({ ...before, remainingMs: 1 })
      clock.now += openMs
      expect(await store.observe('read')).toEqual({ ...before, remainingMs: 0 })
      expect(await store.tryProbe('read', { owner: 'one', leaseMs: 1 })).toMatchObject({
        granted: true,
      })
    })

    test('keeps circuits apart', async () => {
      const { store } = await setUpOpen()
      expect(await store.observe('write')).toEqual(closed(0))
      expect(await store.observe('read}')).toEqual(closed(0))
    })
  })

  describe(`${name}: report`, () => {
    test('adds up failures in a row of several witnesses', async () => {
      const { store } = await setUp()
      await store.report('read', saw('a', 2), rules)
      expect(await store.report('read', saw('b', 2), rules)).toEqual(closed(0))
      expect(await store.report('read', saw('a', 1), rules)).toEqual({
        status: 'open',
        generation: 1,
        remainingMs: openMs,
        trips: 1,
        reason: 'consecutive',
      })
    })

    test('does not open on the word of one while another is about, and does when that one agrees', async () => {
      const { store } = await setUp()
      await store.report('read', fine('b'), rules)
      expect(await store.report('read', saw('a', 50), rules)).toEqual(closed(0))
      expect(await store.report('read', saw('b', 1), rules)).toMatchObject({ status: 'open' })
    })

    test('takes one witness for the fleet if it is alone, unless the rules say otherwise', async () => {
      const { store } = await setUp()
      const strict = { ...rules, orEverybody: false }
      expect(await store.report('read', saw('a', 50), strict)).toEqual(closed(0))
      expect(await store.report('read', saw('a', 1), rules)).toMatchObject({ status: 'open' })
    })

    test('forgets a witness that has not been about for a window', async () => {
      const { clock, store } = await setUp()
      await store.report('read', fine('b'), rules)
      clock.now += windowMs - 1
      expect(await store.report('read', saw('a', 5), rules)).toEqual(closed(0))
      clock.now += 1
      expect(await store.report('read', saw('a', 1), rules)).toMatchObject({ status: 'open' })
    })

    test('forgets what a witness saw after a window, though it is still about', async () => {
      const { clock, store } = await setUp()
      await store.report('read', saw('b', 5), deaf)
      clock.now += windowMs - 1
      await store.report('read', fine('b'), deaf)
      clock.now += 1
      expect(await store.report('read', saw('a', 50), rules)).toEqual(closed(0))
    })

    test('starts the row anew after a success, but for the failures that came after it', async () => {
      const { store } = await setUp()
      await store.report('read', saw('a', 4), rules)
      const mixed = saw('a', 2, { calls: 3, trailingFailures: 1 })
      expect(await store.report('read', mixed, rules)).toEqual(closed(0))
      expect(await store.report('read', saw('a', 3), rules)).toEqual(closed(0))
      expect(await store.report('read', saw('a', 1), rules)).toMatchObject({ status: 'open' })
    })

    test('opens by the rate of failures once there were enough calls', async () => {
      const { store } = await setUp()
      const half = saw('a', 9, { calls: 18, trailingFailures: 0 })
      expect(await store.report('read', half, byRate)).toEqual(closed(0))
      const more = saw('a', 1, { calls: 2, trailingFailures: 0 })
      expect(await store.report('read', more, byRate)).toMatchObject({
        status: 'open',
        reason: 'rate',
      })
    })

    test('opens by the rate of slow calls, if enough witnesses saw slow calls', async () => {
      const { store } = await setUp()
      await store.report('read', fine('b'), byRate)
      const slow = saw('a', 0, { calls: 30, slow: 30 })
      expect(await store.report('read', slow, byRate)).toEqual(closed(0))
      const failed = saw('b', 1, { calls: 2 })
      expect(await store.report('read', failed, byRate)).toEqual(closed(0))
      const slowToo = saw('b', 0, { calls: 1, slow: 1 })
      expect(await store.report('read', slowToo, byRate)).toMatchObject({
        status: 'open',
        reason: 'slow',
      })
    })

    test('never opens on good news, though the bad news of before would do by now', async () => {
      const { clock, store } = await setUp()
      await store.report('read', fine('b'), byRate)
      clock.now += windowMs - 1000
      expect(await store.report('read', saw('a', 50), byRate)).toEqual(closed(0))
      clock.now += 1000
      expect(await store.report('read', fine('a'), byRate)).toEqual(closed(0))
      expect(await store.report('read', saw('a', 1), byRate)).toMatchObject({ status: 'open' })
    })

    test('lets counts expire by their age, though nothing happens meanwhile', async () => {
      const { clock, store } = await setUp()
      await store.report('read', saw('a', 19, { trailingFailures: 0 }), byRate)
      clock.now += windowMs
      const mixed = saw('a', 1, { calls: 19, trailingFailures: 0 })
      expect(await store.report('read', mixed, byRate)).toEqual(closed(0))
      expect(await store.report('read', fine('a'), byRate)).toEqual(closed(0))
      expect(await store.report('read', saw('a', 1), byRate)).toEqual(closed(0))
    })

    test('takes from a report about another generation only that its witness is there', async () => {
      const { clock, store, settle } = await setUpProbing()
      await settle('success')
      clock.now += windowMs
      expect(await store.report('read', saw('late', 50), rules)).toEqual(closed(3))
      expect(await store.report('read', saw('lost', 50, { generation: 9 }), rules)).toEqual(
        closed(3),
      )
      const alone = saw('a', 50, { generation: 3 })
      expect(await store.report('read', alone, rules)).toEqual(closed(3))
      const agreed = saw('late', 1, { generation: 3 })
      expect(await store.report('read', agreed, rules)).toMatchObject({ status: 'open' })
    })

    test('spreads pauses by the dice, and changes nothing while open', async () => {
      const { store } = await setUp()
      const opened = await store.report('read', saw('a', 5, { random: 0 }), rules)
      expect(opened.remainingMs).toBe(openMs * 0.8)
      expect(await store.report('read', saw('a', 5, { generation: 1 }), rules)).toEqual(opened)
      const other = await store.report('write', saw('a', 5, { random: 1 / 3 }), rules)
      expect(other.remainingMs).toBe(28_000)
    })

    test('keeps witnesses apart by any name', async () => {
      const { store } = await setUp()
      for (const witness of ['__proto__', 'constructor', 'Ünï"code\'\\\u0000\n', '{}']) {
        expect(await store.report('read', fine(witness), rules)).toEqual(closed(0))
      }
      expect(await store.report('read', saw('__proto__', 50), rules)).toEqual(closed(0))
      expect(await store.report('read', saw('{}', 1), rules)).toMatchObject({ status: 'open' })
    })

    test('keeps the hundred witnesses that were seen last', async () => {
      const { store } = await setUp()
      const strict = { ...rules, quorum: 100, orEverybody: false }
      for (let at = 0; at < 100; at += 1) await store.report('read', saw(`w${at}`, 1), deaf)
      await store.report('read', fine('one more'), deaf)
      expect(await store.report('read', saw('w1', 50), strict)).toEqual(closed(0))
      expect(await store.report('read', saw('one more', 50), strict)).toMatchObject({
        status: 'open',
      })
    })
  })

  describe(`${name}: a hold`, () => {
    test('opens at once and without a vote, and is over like any pause', async () => {
      const { clock, store } = await setUp()
      await store.report('read', fine('b'), rules)
      const held = { status: 'open', generation: 1, remainingMs: 700, trips: 1 }
      expect(await store.report('read', hold(700), rules)).toEqual(held)
      expect(await store.report('read', { ...fine('b', 99), generation: 1 }, rules)).toEqual(held)
      clock.now += 699
      expect(await store.tryProbe('read', { owner: 'x', leaseMs: 9 })).toEqual({
        ...held,
        remainingMs: 1,
        granted: false,
      })
      clock.now += 1
      expect(await store.tryProbe('read', { owner: 'x', leaseMs: 9 })).toEqual({
        status: 'probing',
        generation: 2,
        remainingMs: 9,
        trips: 1,
        granted: true,
      })
    })

    test('lengthens a pause and never shortens one', async () => {
      const { clock, store } = await setUpOpen()
      clock.now += 1000
      expect(await store.report('read', hold(5, 1), rules)).toMatchObject({
        generation: 1,
        remainingMs: openMs - 1000,
        reason: 'consecutive',
      })
      expect(await store.report('read', hold(openMs, 1), rules)).toMatchObject({
        generation: 1,
        remainingMs: openMs,
      })
    })

    test('of two at once the longer holds, though the second knows of no change yet', async () => {
      const { store } = await setUp()
      await store.report('read', hold(1000), rules)
      expect(await store.report('read', hold(5000), rules)).toMatchObject({
        generation: 1,
        remainingMs: 5000,
      })
    })

    test('that comes late does not open a circuit that has closed since', async () => {
      const { store, settle } = await setUpProbing()
      await settle('success')
      expect(await store.report('read', hold(5000, 1), rules)).toEqual(closed(3))
    })

    test('sends a probe away that is out', async () => {
      const { store, settle } = await setUpProbing()
      const held = { status: 'open', generation: 3, remainingMs: 5000, trips: 1 }
      expect(await store.report('read', hold(5000, 2), rules)).toMatchObject(held)
      expect(await settle('success')).toMatchObject(held)
    })
  })

  describe(`${name}: tryProbe`, () => {
    test('grants nothing while closed, nor during the pause', async () => {
      const { store } = await setUp()
      const request = { owner: 'one', leaseMs: 1000 }
      expect(await store.tryProbe('read', request)).toEqual({ ...closed(0), granted: false })
      await store.report('read', saw('a', 5), rules)
      expect(await store.tryProbe('read', request)).toMatchObject({
        granted: false,
        remainingMs: openMs,
      })
    })

    test('grants one probe to fifty callers', async () => {
      const { clock, store } = await setUpOpen()
      clock.now += openMs
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, at) =>
          store.tryProbe('read', { owner: `caller ${at}`, leaseMs: 1000 }),
        ),
      )
      expect(answers.filter(({ granted }) => granted)).toHaveLength(1)
      const expected = { status: 'probing', generation: 2, remainingMs: 1000, trips: 1 }
      for (const answer of answers) expect(answer).toMatchObject(expected)
    })

    test('grants another once the lease has run out, and not before', async () => {
      const { clock, store } = await setUpProbing()
      clock.now += 999
      const request = { owner: 'two', leaseMs: 500 }
      expect(await store.tryProbe('read', request)).toMatchObject({ granted: false })
      clock.now += 1
      expect(await store.tryProbe('read', request)).toEqual({
        status: 'probing',
        generation: 3,
        remainingMs: 500,
        trips: 1,
        reason: 'consecutive',
        granted: true,
      })
    })
  })

  describe(`${name}: settleProbe`, () => {
    test('closes after a success, and forgets what was seen but not who is there', async () => {
      const { clock, store } = await setUp()
      const quick = { ...rules, openMs: 1000 }
      const tell = (witness: string, failures: number, generation: number) =>
        store.report('read', saw(witness, failures, { generation }), quick)
      await tell('a', 4, 0)
      expect(await tell('b', 4, 0)).toMatchObject({ status: 'open', generation: 1 })
      clock.now += 1000
      await store.tryProbe('read', { owner: 'x', leaseMs: 1000 })
      const probe = { owner: 'x', generation: 2, outcome: 'success', random: 0.5 } as const
      expect(await store.settleProbe('read', probe, quick)).toEqual(closed(3))
      expect(await tell('a', 50, 3)).toEqual(closed(3))
      expect(await tell('b', 1, 3)).toMatchObject({ status: 'open', generation: 4, trips: 1 })
    })

    test('opens for twice as long after a failure, and then again, up to the longest pause', async () => {
      const { clock, store, settle } = await setUpProbing()
      expect(await settle('failure')).toEqual({
        status: 'open',
        generation: 3,
        remainingMs: 2 * openMs,
        trips: 2,
        reason: 'probe',
      })
      for (const [trips, pauseMs] of [
        [3, 4 * openMs],
        [4, 8 * openMs],
        [5, rules.maxOpenMs],
      ]) {
        clock.now += rules.maxOpenMs
        const { generation } = await store.tryProbe('read', { owner: 'x', leaseMs: 9 })
        const probe = { owner: 'x', generation, outcome: 'failure', random: 0.5 } as const
        expect(await store.settleProbe('read', probe, rules)).toMatchObject({
          trips,
          remainingMs: pauseMs,
        })
      }
    })

    test('pauses longer if the server asks for it, never shorter', async () => {
      const first = await setUpProbing()
      expect(await first.settle('failure', { retryAfterMs: 90_000 })).toMatchObject({
        remainingMs: 90_000,
      })
      const second = await setUpProbing()
      expect(await second.settle('failure', { retryAfterMs: 1 })).toMatchObject({
        remainingMs: 2 * openMs,
      })
    })

    test('closes after a slow success, unless slowness had opened it', async () => {
      const { settle } = await setUpProbing()
      expect(await settle('slow')).toEqual(closed(3))
      const { clock, store } = await setUp()
      await store.report('read', saw('a', 0, { calls: 20, slow: 20 }), rules)
      clock.now += openMs
      await store.tryProbe('read', { owner: 'x', leaseMs: 9 })
      const probe = { owner: 'x', generation: 2, outcome: 'slow', random: 0.5 } as const
      expect(await store.settleProbe('read', probe, rules)).toMatchObject({
        status: 'open',
        trips: 2,
        reason: 'slow',
      })
    })

    test.each(['ignored', 'throttled'] as const)(
      'gives the place to the next caller at once if a probe was %s',
      async (outcome) => {
        const { store, settle } = await setUpProbing()
        expect(await settle(outcome, { retryAfterMs: 90_000 })).toEqual({
          status: 'open',
          generation: 3,
          remainingMs: 0,
          trips: 1,
          reason: 'consecutive',
        })
        const request = { owner: 'two', leaseMs: 500 }
        expect(await store.tryProbe('read', request)).toMatchObject({
          granted: true,
          generation: 4,
        })
      },
    )

    test('is not moved by a stranger, by another generation, or by a probe that was replaced', async () => {
      const { clock, store, settle } = await setUpProbing()
      const out = { status: 'probing', generation: 2 }
      expect(await settle('success', { owner: 'stranger' })).toMatchObject(out)
      expect(await settle('failure', { generation: 1 })).toMatchObject(out)
      clock.now += 1000
      await store.tryProbe('read', { owner: 'two', leaseMs: 500 })
      expect(await settle('success')).toMatchObject({ status: 'probing', generation: 3 })
      expect(await settle('failure', { generation: 3 })).toMatchObject({ generation: 3 })
    })

    test('counts once', async () => {
      const { settle } = await setUpProbing()
      const after = await settle('failure')
      expect(await settle('failure')).toEqual(after)
      expect(await settle('success')).toEqual(after)
    })

    test('still counts after the lease, as long as nobody has probed since', async () => {
      const { clock, settle } = await setUpProbing()
      clock.now += 60_000
      expect(await settle('success')).toEqual(closed(3))
    })
  })

  describe(`${name}: a clock that jumps`, () => {
    test('back keeps no circuit open for longer than its own pause', async () => {
      const { clock, store } = await setUpOpen()
      clock.now += openMs - 10_000
      clock.now -= 5000
      expect(await store.observe('read')).toMatchObject({ remainingMs: 15_000 })
      clock.now -= 3_600_000
      expect(await store.observe('read')).toMatchObject({ remainingMs: 0 })
      const request = { owner: 'one', leaseMs: 1000 }
      expect(await store.tryProbe('read', request)).toMatchObject({
        granted: true,
        remainingMs: 1000,
      })
    })

    test('back far keeps neither counts nor witnesses from before', async () => {
      const { clock, store } = await setUp()
      await store.report('read', saw('b', 19, { trailingFailures: 0 }), byRate)
      await store.report('write', fine('b'), rules)
      clock.now -= 3_600_000
      const one = saw('a', 1, { calls: 2, trailingFailures: 0 })
      expect(await store.report('read', one, byRate)).toEqual(closed(0))
      expect(await store.report('write', saw('a', 5), rules)).toMatchObject({ status: 'open' })
    })

    test('back a little forgets no witness', async () => {
      const { clock, store } = await setUp()
      await store.report('read', fine('b'), rules)
      clock.now -= 5
      expect(await store.report('read', saw('a', 50), rules)).toEqual(closed(0))
    })

    test('is like a window of another length: counts of another scale are forgotten', async () => {
      const { store } = await setUp()
      await store.report('read', saw('a', 19, { trailingFailures: 0 }), byRate)
      const longer = { ...byRate, windowMs: 2 * windowMs }
      const one = saw('a', 1, { calls: 2, trailingFailures: 0 })
      expect(await store.report('read', one, longer)).toEqual(closed(0))
    })
  })
}
