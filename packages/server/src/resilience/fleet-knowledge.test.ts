import { beforeEach, expect, test } from 'vitest'
import { createVirtualTime } from '../test-support/virtual-time.ts'
import type { VirtualTime } from '../test-support/virtual-time.ts'
import type { FleetVerdict } from './breaker-store.ts'
import { createFleetKnowledge } from './fleet-knowledge.ts'
import type { FleetKnowledge } from './fleet-knowledge.ts'

let time: VirtualTime
let knowledge: FleetKnowledge
let told: string[]

beforeEach(() => {
  time = createVirtualTime()
  told = []
  knowledge = createFleetKnowledge({ guard: (step) => step(), surroundings: time })
  knowledge.watch(({ status, generation }) => told.push(`${status} ${generation}`))
})

const open = (generation: number, remainingMs = 1000): FleetVerdict => ({
  status: 'open',
  generation,
  remainingMs,
  trips: 1,
})
const hear = (verdict: FleetVerdict) => knowledge.ask(async () => verdict)

test('hears each answer to a later question than the last, though a still later one is out', async () => {
  const [first, second] = [
    Promise.withResolvers<FleetVerdict>(),
    Promise.withResolvers<FleetVerdict>(),
  ]
  const asked = [knowledge.ask(() => first.promise), knowledge.ask(() => second.promise)]
  first.resolve(open(1))
  await asked[0]
  expect(knowledge.verdict()).toEqual(open(1))
  second.resolve(open(2))
  await asked[1]
  expect(told).toEqual(['open 1', 'open 2'])
})

test('tells of each other generation once, though the status is the same', async () => {
  await hear(open(1))
  await hear(open(1))
  await hear(open(3))
  expect(told).toEqual(['open 1', 'open 3'])
})

test('counts down what remained when it was heard, and never below nothing', async () => {
  await hear(open(1, 1000))
  await time.advance(400)
  expect(knowledge.remainingMs()).toBe(600)
  await time.advance(10_000)
  expect(knowledge.remainingMs()).toBe(0)
})

test('forgets without a word, and tells again what it hears again', async () => {
  await hear(open(1))
  knowledge.forget()
  expect(knowledge.verdict()).toMatchObject({ status: 'closed', generation: 1 })
  expect(told).toEqual(['open 1'])
  await hear(open(1))
  expect(told).toEqual(['open 1', 'open 1'])
})
