import { expect, test } from 'vitest'
import { createGate } from './gate.ts'

const refusal = (): Error => new Error('full')
const fail = (): Promise<never> => Promise.reject(new Error('broken'))

test('lets no more through than it may, in the order in which they came', async () => {
  const pass = createGate({ running: 2, waiting: 10, refusal })
  const started: number[] = []
  const ends: (() => void)[] = []
  const jobs = [0, 1, 2, 3].map((n) =>
    pass(async () => {
      started.push(n)
      await new Promise<void>((resolve) => ends.push(resolve))
      return n
    }),
  )
  await expect.poll(() => started).toEqual([0, 1])
  ends[1]?.()
  await expect.poll(() => started).toEqual([0, 1, 2])
  ends[0]?.()
  await expect.poll(() => started).toEqual([0, 1, 2, 3])
  ends[2]?.()
  ends[3]?.()
  expect(await Promise.all(jobs)).toEqual([0, 1, 2, 3])
})

test('refuses who would wait beyond its limit, and forgets who failed', async () => {
  const pass = createGate({ running: 1, waiting: 0, refusal })
  const first = pass(fail)
  await expect(pass(fail)).rejects.toThrow('full')
  await expect(first).rejects.toThrow('broken')
  expect(await pass(async () => 'in')).toBe('in')
})
