import { expect, test } from 'vitest'
import { createVirtualTime } from './virtual-time.ts'

test('runs timers in the order of their time, and those of one moment as they were set', async () => {
  const time = createVirtualTime()
  const order: string[] = []
  const delays = [30, 10, 20, 10, 0, 30, 5]
  delays.forEach((ms, at) => time.schedule(() => order.push(`${ms} of ${at}`), ms))
  await time.run()
  const expected = ['0 of 4', '5 of 6', '10 of 1', '10 of 3', '20 of 2', '30 of 0', '30 of 5']
  expect(order).toEqual(expected)
})

test('keeps a thousand timers in order', async () => {
  const time = createVirtualTime()
  const ran: number[] = []
  for (let at = 0; at < 1000; at += 1) {
    time.schedule(() => ran.push(time.monotonic()), (at * 617) % 1000)
  }
  await time.run()
  expect(ran).toEqual(Array.from({ length: 1000 }, (_, at) => at))
})

test('does not run what was cancelled, even if that happens at the same moment', async () => {
  const time = createVirtualTime()
  const ran: string[] = []
  time.schedule(() => cancel(), 10)
  const cancel = time.schedule(() => ran.push('cancelled'), 10)
  await time.run()
  expect(ran).toEqual([])
})

test('settles every promise before the next timer, however long the chain', async () => {
  const time = createVirtualTime()
  const order: string[] = []
  time.schedule(() => void wait(50).then(() => order.push(`settled at ${time.now()}`)), 10)
  time.schedule(() => order.push(`timer at ${time.now()}`), 11)
  await time.run()
  expect(order).toEqual(['settled at 10', 'timer at 11'])
})

test('takes timers that are set while it runs', async () => {
  const time = createVirtualTime()
  const moments: number[] = []
  const tick = (): void => {
    moments.push(time.now())
    if (moments.length < 3) time.schedule(tick, 1000)
  }
  time.schedule(tick, 1000)
  await time.run()
  expect(moments).toEqual([1000, 2000, 3000])
})

async function wait(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await Promise.resolve()
}
