import { beforeEach, expect, test } from 'vitest'
import { createVirtualTime, settle } from '../test-support/virtual-time.ts'
import type { VirtualTime } from '../test-support/virtual-time.ts'
import { createLooks } from './looks.ts'
import type { Looks } from './looks.ts'

let time: VirtualTime
let taken: PromiseWithResolvers<boolean>[]
let dice: number
let looks: Looks

beforeEach(() => {
  time = createVirtualTime()
  taken = []
  dice = 0.5
  const take = () => {
    const look = Promise.withResolvers<boolean>()
    taken.push(look)
    return look.promise
  }
  const surroundings = { ...time, random: () => dice }
  looks = createLooks(take, { refreshMs: 500, surroundings })
})

test('looks once for all who wait for the first look, and for nobody after it', async () => {
  const waiting = Array.from({ length: 64 }, async () => looks.first())
  expect(taken).toHaveLength(1)
  taken[0]?.resolve(false)
  await Promise.all(waiting)
  expect(looks.first()).toBeUndefined()
  expect(taken).toHaveLength(1)
})

test('never looks twice at once in the background, and once more if there is more to tell', async () => {
  looks.refresh()
  looks.refresh()
  expect(taken).toHaveLength(1)
  taken[0]?.resolve(true)
  await settle()
  expect(taken).toHaveLength(2)
  taken[1]?.resolve(false)
  await settle()
  expect(taken).toHaveLength(2)
})

test.each([
  [0, 400],
  [0.999999, 600],
])('is due after a while, give or take a fifth: with dice of %d after %d ms', async (shown, ms) => {
  expect(looks.isDue()).toBe(true)
  dice = shown
  looks.refresh()
  await time.advance(ms - 1)
  expect(looks.isDue()).toBe(false)
  await time.advance(1)
  expect(looks.isDue()).toBe(true)
})
