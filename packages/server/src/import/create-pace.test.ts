import { expect, test } from 'vitest'
import { createPace } from './create-pace.ts'

/** A clock that is moved by hand. */
function createClock() {
  let time = 0
  let due: { readonly at: number; readonly run: () => void }[] = []
  return {
    monotonic: () => time,
    schedule: (run: () => void, ms: number) => {
      due.push({ at: time + ms, run })
      return () => undefined
    },
    pass: async (ms: number) => {
      for (const end = time + ms; time < end; time += 10) {
        const now = due.filter(({ at }) => at <= time + 10)
        due = due.filter(({ at }) => at > time + 10)
        now.forEach(({ run }) => run())
        await Promise.resolve().then(() => Promise.resolve())
      }
    },
  }
}

function begin(perMinute: number) {
  const clock = createClock()
  const pace = createPace({ ...clock, perMinute })
  let begun = 0
  const ask = (): void => void pace.turn().then(() => (begun += 1))
  return { ...clock, pace, ask, begun: () => begun }
}

test('spreads turns over the minute, the first at once', async () => {
  const { ask, pass, begun } = begin(60)
  for (let at = 0; at < 200; at += 1) ask()
  await pass(50)
  expect(begun()).toBe(1)
  await pass(10_000)
  expect(begun()).toBe(11)
  await pass(50_000)
  expect(begun()).toBe(61)
})

test('turns that nobody took are not saved up', async () => {
  const { ask, pass, begun } = begin(60)
  await pass(600_000)
  for (let at = 0; at < 10; at += 1) ask()
  await pass(50)
  expect(begun()).toBe(1)
})

test('a pause holds those who wait already, and then they come one by one again', async () => {
  const { ask, pass, begun, pace } = begin(60)
  for (let at = 0; at < 10; at += 1) ask()
  await pass(50)
  pace.pause(30_000)
  pace.pause(10_000)
  await pass(29_900)
  expect(begun()).toBe(1)
  await pass(200)
  expect(begun()).toBe(2)
  await pass(3000)
  expect(begun()).toBe(5)
})
