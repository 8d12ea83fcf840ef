import { expect, test } from 'vitest'
import { pick, timeFresh, timeSteady } from './time-calls.ts'

const fail = (): Promise<never> => Promise.reject(new Error('The host is down.'))

test('refuses to time calls that fail where they should not', async () => {
  const failing = { prepare: async () => ({ call: fail }) }
  await expect(timeFresh(failing, 0, 1)).rejects.toThrow('20 of 20 calls were rejected')
})

test('refuses to time calls that fail for another reason', async () => {
  const failing = { prepare: async () => ({ call: fail }), rejectsWith: 'is open' }
  await expect(timeFresh(failing, 0, 1)).rejects.toThrow('The host is down.')
})

test('refuses to time calls that succeed where they should fail', async () => {
  const succeeding = { prepare: async () => ({ call: async () => 1 }), rejectsWith: 'is open' }
  await expect(timeFresh(succeeding, 0, 1)).rejects.toThrow('0 of 20 calls were rejected')
})

test('times each batch on a subject of its own, with so many calls behind it', async () => {
  const prepared: number[] = []
  const ended: number[] = []
  const subject = {
    prepare: async (callsBefore: number) => {
      prepared.push(callsBefore)
      return { call: async () => 1, end: () => ended.push(callsBefore) }
    },
  }
  expect(await timeFresh(subject, 7, 1)).toBeGreaterThan(0)
  expect(prepared.filter((calls) => calls === 7)).toHaveLength(7)
  expect(ended).toEqual(prepared)
})

test('sets up what calls need before each batch of them, and lets go of it at the end', async () => {
  let ready = 0
  let ended = false
  const subject = {
    rhythm: { warmUpMs: 1, batches: 3, batchMs: 0, minCalls: 4 },
    prepare: async () => ({
      prepareCalls: async (calls: number) => void (ready += calls),
      call: async () => (ready -= 1) >= 0 || Promise.reject(new Error('Nothing is ready.')),
      end: async () => void (ended = true),
    }),
  }
  expect(await timeSteady(subject)).toBeGreaterThan(0)
  expect([ready, ended]).toEqual([0, true])
})

test('picks the figure below which a share of them lies', () => {
  expect(pick([5, 1, 4, 2, 3], 0.5)).toBe(3)
  expect(pick([5, 1, 4, 2, 3], 0)).toBe(1)
  expect(() => pick([], 0.5)).toThrow(RangeError)
})
