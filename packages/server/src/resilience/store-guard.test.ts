import { beforeEach, expect, test } from 'vitest'
import { createEventBus } from '../events.ts'
import { createVirtualTime } from '../test-support/virtual-time.ts'
import type { VirtualTime } from '../test-support/virtual-time.ts'
import { createStoreGuard } from './store-guard.ts'
import type { StoreGuard } from './store-guard.ts'

let time: VirtualTime
let events: unknown[]
let ask: StoreGuard

beforeEach(() => {
  time = createVirtualTime()
  events = []
  const bus = createEventBus(() => undefined)
  bus.on('store-degraded', (event) => events.push(event))
  bus.on('store-restored', (event) => events.push(event))
  ask = createStoreGuard({ timeoutMs: 50, surroundings: time, bus })
})

const fails = () => Promise.reject(new TypeError('redis://user:secret@host is gone'))
const throws = (): Promise<never> => {
  throw new Error('at once')
}
const mustNotBeAsked = () => Promise.reject(new Error('must not be asked'))

test('passes an answer on, and leaves no timer', async () => {
  expect(await ask(async () => 'answer')).toBe('answer')
  expect([time.timers(), events]).toEqual([0, []])
})

test('waits for 50 ms and no longer', async () => {
  const answer = ask(() => new Promise(() => undefined))
  await time.advance(50)
  expect(await answer).toBeUndefined()
  expect(events).toEqual([{ type: 'store-degraded', reason: 'StoreTimeout' }])
})

test('tells what kind of error it was, and nothing that the error says', async () => {
  expect(await ask(fails)).toBeUndefined()
  expect(events).toEqual([{ type: 'store-degraded', reason: 'TypeError' }])
})

test('outlives a step that throws before it promises', async () => {
  expect(await ask(throws)).toBeUndefined()
  expect(time.timers()).toBe(0)
})

test('leaves the store in peace for a second, then for two, and tells only once', async () => {
  await ask(fails)
  await time.advance(999)
  expect(await ask(mustNotBeAsked)).toBeUndefined()
  await time.advance(1)
  await ask(fails)
  await time.advance(1999)
  expect(await ask(async () => 'not yet')).toBeUndefined()
  await time.advance(1)
  expect(await ask(async () => 'again')).toBe('again')
  expect(events).toMatchObject([{ type: 'store-degraded' }, { type: 'store-restored' }])
})

test('rests for half a minute at most', async () => {
  let asked = 0
  for (let round = 0; round < 10; round += 1) {
    await ask(() => fails().finally(() => (asked += 1)))
    await time.advance(30_000)
  }
  expect(asked).toBe(10)
  expect(await ask(async () => 'answer')).toBe('answer')
})
