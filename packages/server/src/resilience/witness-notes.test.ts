import { beforeEach, expect, test } from 'vitest'
import { createVirtualTime } from '../test-support/virtual-time.ts'
import type { VirtualTime } from '../test-support/virtual-time.ts'
import type { Outcome } from './breaker.ts'
import { createWitnessNotes, NOTHING } from './witness-notes.ts'
import type { WitnessNotes } from './witness-notes.ts'

let time: VirtualTime
let notes: WitnessNotes

beforeEach(() => {
  time = createVirtualTime()
  notes = createWitnessNotes({ maxAgeMs: 1000, monotonic: time.monotonic })
})

function add(...outcomes: readonly Outcome[]): void {
  for (const outcome of outcomes) notes.add(outcome)
}

test('counts what tells something of the host, and nothing else', () => {
  add('ignored', 'failure', 'slow', 'throttled', 'success', 'failure', 'failure', 'ignored')
  expect(notes.take()).toEqual({ calls: 5, failures: 3, slow: 1, trailingFailures: 2 })
  expect(notes.take()).toEqual(NOTHING)
})

test('starts the row of failures anew after a success, and after a slow one', () => {
  add('failure', 'failure', 'success')
  expect(notes.take()).toMatchObject({ failures: 2, trailingFailures: 0 })
  add('failure', 'slow', 'failure')
  expect(notes.take()).toMatchObject({ failures: 2, trailingFailures: 1 })
})

test('puts back what could not be told before what came since', () => {
  add('success', 'failure')
  const untold = notes.take()
  add('failure')
  notes.giveBack(untold)
  expect(notes.take()).toMatchObject({ calls: 3, trailingFailures: 2 })
  add('failure')
  const again = notes.take()
  add('success')
  notes.giveBack(again)
  expect(notes.take()).toMatchObject({ calls: 2, failures: 1, trailingFailures: 0 })
})

test('keeps what it has for as long as it is news, from the first of it on', async () => {
  add('failure')
  await time.advance(1000)
  add('failure')
  expect(notes.take()).toMatchObject({ calls: 2 })
  add('failure')
  await time.advance(1001)
  expect(notes.take()).toEqual(NOTHING)
})

test('does not add to what is no news any more', async () => {
  add('failure')
  await time.advance(1001)
  add('failure')
  expect(notes.take()).toMatchObject({ calls: 1, trailingFailures: 1 })
})

test('is young again when it begins anew', async () => {
  await time.advance(5000)
  add('failure')
  await time.advance(900)
  expect(notes.take()).toMatchObject({ calls: 1 })
})

test.each([
  ['failure', true],
  ['slow', true],
  ['success', false],
] as const)('are bad if they hold a %s: %s', (outcome, bad) => {
  add(outcome)
  expect(notes.areBad()).toBe(bad)
})
