import { describe, expect, test } from 'vitest'
import { createFastClock } from './clock.ts'
import type { RealTime } from './clock.ts'

/** Real time that stands still until it is moved. */
function createRealTime() {
  let now = 1000
  let timers: { readonly at: number; readonly run: () => void }[] = []
  const real: RealTime = {
    now: () => now,
    schedule(run, ms) {
      const timer = { at: now + ms, run }
      timers.push(timer)
      return () => {
        timers = timers.filter((one) => one !== timer)
      }
    },
  }
  function pass(ms: number): void {
    const end = now + ms
    for (;;) {
      const [next] = timers.toSorted((a, b) => a.at - b.at)
      if (!next || next.at > end) break
      timers = timers.filter((one) => one !== next)
      now = Math.max(now, next.at)
      next.run()
    }
    now = end
  }
  return { real, pass }
}

function open(rate: number) {
  const { real, pass } = createRealTime()
  return { clock: createFastClock({ realAt: 1000, at: 1000, rate }, real), pass, real }
}

describe('a fast clock', () => {
  test('runs so many times faster', () => {
    const { clock, pass } = open(30)
    pass(100)
    expect(clock.now()).toBe(4000)
    expect(clock.toRealMs(3000)).toBe(100)
  })

  test('rings when it is time by its own hands', () => {
    const { clock, pass } = open(30)
    const rung: number[] = []
    clock.schedule(() => rung.push(clock.now()), 3000)
    pass(99)
    expect(rung).toEqual([])
    pass(1)
    expect(rung).toEqual([4000])
  })

  test('rings never for what was cancelled', () => {
    const { clock, pass } = open(30)
    const rung: number[] = []
    clock.schedule(() => rung.push(1), 3000)()
    pass(1000)
    expect(rung).toEqual([])
  })

  test('takes another rate along into pauses that are under way, and does not jump', () => {
    const { clock, pass } = open(10)
    const rung: number[] = []
    clock.schedule(() => rung.push(clock.now()), 10_000)
    clock.set(clock.plan(100))
    pass(40)
    expect(clock.now()).toBe(1400)
    pass(90)
    expect(rung).toEqual([])
    pass(10)
    expect(rung[0]).toBeGreaterThanOrEqual(11_000)
    expect(rung[0]).toBeLessThan(11_200)
  })

  test('agrees with one in another process that heard of the rate a little later', () => {
    const { clock, pass, real } = open(10)
    const other = createFastClock({ realAt: 1000, at: 1000, rate: 10 }, real)
    const setting = clock.plan(50)
    clock.set(setting)
    pass(20)
    other.set(setting)
    pass(500)
    expect(other.now()).toBe(clock.now())
  })

  test('sleeps until the caller leaves', async () => {
    const { clock } = open(10)
    const leaving = new AbortController()
    const sleeping = clock.sleep(1000, leaving.signal)
    leaving.abort(new Error('Left.'))
    await expect(sleeping).rejects.toThrow('Left.')
  })

  test('is set back by a rate that it hears of late, and lets neither pauses nor what never goes back stand still', () => {
    const { clock, pass } = open(300)
    const slower = clock.plan(10)
    pass(10_000)
    const [ahead, passed] = [clock.now(), clock.monotonic()]
    clock.set(slower)
    pass(2)
    expect(clock.now()).toBeLessThan(ahead - 2_000_000)
    const rung: number[] = []
    clock.schedule(() => rung.push(clock.monotonic()), 1000)
    pass(101)
    expect(rung).toHaveLength(1)
    expect(rung[0]).toBeGreaterThanOrEqual(passed + 1000)
  })
})
