/** A circuit and its fleet, over the whole composition: what each of them decides, and what is left when the store is not there. */
import { beforeEach, describe, expect, test } from 'vitest'
import { failWith, hang, setUpPipeline } from '../test-support/set-up-pipeline.ts'
import type { Rig } from '../test-support/set-up-pipeline.ts'
import { createVirtualTime, settle } from '../test-support/virtual-time.ts'
import type { VirtualTime } from '../test-support/virtual-time.ts'
import type { BreakerStore } from './breaker-store.ts'
import { createMemoryBreakerStore } from './memory-breaker-store.ts'

const once = { retry: { attempts: 1, unsafeAttempts: 1 } }
const answering = async () => undefined
const failing = failWith('host_unavailable', { status: 503 })

let time: VirtualTime
let store: BreakerStore
let steps: string[]
let cut: boolean
/** How long each step takes. */
let stepMs: number

beforeEach(() => {
  time = createVirtualTime()
  steps = []
  cut = false
  stepMs = 0
  const real = createMemoryBreakerStore({ now: time.now })
  store = {
    observe: (...all) => take('observe', () => real.observe(...all)),
    report: (...all) => take('report', () => real.report(...all)),
    tryProbe: (...all) => take('tryProbe', () => real.tryProbe(...all)),
    settleProbe: (...all) => take('settleProbe', () => real.settleProbe(...all)),
  }
})

async function take<Answer>(name: string, step: () => Promise<Answer>): Promise<Answer> {
  steps.push(name)
  if (cut) throw new Error('cut')
  if (stepMs > 0) await new Promise<void>((resolve) => time.schedule(resolve, stepMs))
  return step()
}

const setUp = (figures = {}) => setUpPipeline({ figures: { ...once, ...figures }, store, time })

/** Opens the circuit of the fleet, through one process. */
async function openFleet(rig: Rig): Promise<void> {
  rig.host = failing
  for (let count = 0; count < 5; count += 1) await rig.call()
  rig.host = answering
  await settle()
}

const status = (rig: Rig) => rig.status().circuits[0]?.status

describe('without the store', () => {
  test('the end of the fleet’s pause lets one probe go, and nobody else', async () => {
    const rig = setUp()
    await openFleet(rig)
    cut = true
    await time.advance(30_000)
    rig.host = hang
    void rig.call()
    await settle()
    expect([rig.sent.length, status(rig)]).toEqual([6, 'probing'])
    expect(await rig.call()).toBe('circuit_open')
    expect(rig.sent).toHaveLength(6)
  })

  test('a probe that fails keeps it open, for longer', async () => {
    const rig = setUp()
    await openFleet(rig)
    cut = true
    await time.advance(30_000)
    rig.host = failing
    expect(await rig.call()).toBe('host_unavailable')
    expect(rig.status().circuits[0]).toMatchObject({ status: 'open', trips: 2 })
  })

  test('what was probed here is told when the store is back: the fleet closes as well', async () => {
    const rig = setUp()
    await openFleet(rig)
    cut = true
    await time.advance(30_000)
    expect(await rig.call()).toBe('done')
    cut = false
    await time.advance(2000)
    for (let count = 0; count < 3; count += 1) {
      await rig.call()
      await time.advance(600)
    }
    expect(await store.observe('account:read')).toMatchObject({ status: 'closed' })
    expect(await rig.call()).toBe('done')
  })

  // The host is back and this process knows it. The lease that it could not give back is still running in the store.
  test('the lease of a probe that succeeded refuses nobody here, though the store comes back', async () => {
    const rig = setUp()
    await openFleet(rig)
    await time.advance(30_000)
    rig.host = async () => void (cut = true)
    expect(await rig.call()).toBe('done')
    rig.host = answering
    cut = false
    for (let second = 0; second < 10; second += 1) {
      expect(await rig.call()).toBe('done')
      await time.advance(1000)
    }
  })
})

describe('an operator', () => {
  test('who disables it has the store left alone', async () => {
    const rig = setUp()
    rig.circuits.disable('read')
    await rig.call({ gate: 'batch' })
    await rig.call({ gate: 'batch' })
    // The look of the gate.
    expect(steps).toEqual(['observe'])
  })

  test('who isolates it while a call looks at the fleet has no probe asked for', async () => {
    await openFleet(setUp())
    await time.advance(30_000)
    const fresh = setUp()
    stepMs = 40
    const ended = fresh.call()
    await time.advance(1)
    fresh.circuits.isolate('read')
    await time.advance(200)
    expect([await ended, fresh.sent.length]).toEqual(['circuit_open', 0])
    expect(steps).not.toContain('tryProbe')
  })

  test('who only observes it has nobody refused, though the fleet’s probe is out', async () => {
    const [here, there] = [setUp(), setUp()]
    await there.call()
    await openFleet(here)
    await time.advance(500)
    there.host = failing
    await there.call()
    await settle()
    there.circuits.observeOnly('read')
    there.host = answering
    await time.advance(30_000)
    here.host = hang
    void here.call()
    await settle()
    expect(await there.call()).toBe('done')
    expect(await there.call()).toBe('done')
  })
})

test('those who come first of all wait for one look', async () => {
  stepMs = 10
  const rig = setUp()
  const calls = Array.from({ length: 40 }, () => rig.call())
  await time.advance(20)
  expect(await Promise.all(calls)).toEqual(calls.map(() => 'done'))
  // The circuit and the account's gate, once each.
  expect(steps).toEqual(['observe', 'observe'])
})

test('waiting for the store is no part of what an attempt took', async () => {
  stepMs = 40
  const rig = setUp({ breaker: { slowMs: 30 } })
  const ended = rig.call()
  await time.advance(40)
  await ended
  expect(rig.events).toContainEqual(
    expect.objectContaining({ type: 'attempted', outcome: 'success', durationMs: 0 }),
  )
})

test('a process that refuses looks what the others found out: it need not wait for its own pause', async () => {
  const [here, there] = [setUp({ breaker: { openMs: 1000 } }), setUp({ breaker: { openMs: 1000 } })]
  await there.call()
  await here.call()
  here.host = failWith('host_unavailable', { status: 503, retryAfterMs: 120_000 })
  there.host = failing
  for (let count = 0; count < 5; count += 1) await Promise.all([here.call(), there.call()])
  await settle()
  here.host = there.host = answering
  expect(status(here)).toBe('open')
  await time.advance(5000)
  await there.call()
  await settle()
  expect(await store.observe('account:read')).toMatchObject({ status: 'closed' })
  expect(await here.call()).toBe('circuit_open')
  await settle()
  expect(await here.call()).toBe('done')
})

test('a lease that comes too late for its caller is given back, and closes nothing', async () => {
  const rig = setUp()
  await openFleet(rig)
  await time.advance(30_000)
  stepMs = 40
  const leaving = new AbortController()
  const ended = rig.call({ signal: leaving.signal })
  await time.advance(1)
  leaving.abort('left')
  await time.advance(200)
  expect(await ended).toBe('left')
  expect(status(rig)).toBe('open')
  stepMs = 0
  expect(await store.observe('account:read')).toMatchObject({ status: 'open', remainingMs: 0 })
})

test('a gate asks for itself: the batch host’s is closed, the API’s is not', async () => {
  const [here, there] = [setUp(), setUp()]
  here.host = failWith('rate_limited', { status: 429, retryAfterMs: 5000 })
  await here.call({ gate: 'batch' })
  await settle()
  await there.call({ gate: 'batch' })
  await settle()
  expect(await there.call({ gate: 'batch' })).toBe('rate_limited')
  expect(await there.call()).toBe('done')
  await settle()
  expect(await there.call()).toBe('done')
})
