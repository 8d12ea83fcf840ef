import { expect, test } from 'vitest'
import { atOnce, openWithClock } from './store-samples.ts'
import type { OpenImagesStore } from './store-samples.ts'

export function describeLeases(openStore: OpenImagesStore): void {
  const setUp = () => openWithClock(openStore)

  test('gives a thing to one owner, and tells the others how long it is taken', async () => {
    const { clock, store } = await setUp()
    expect(await store.leases.take('a', 'one', 100)).toBeUndefined()
    clock.now += 30
    expect(await store.leases.take('a', 'two', 100)).toBe(70)
    expect(await store.leases.take('b', 'two', 100)).toBeUndefined()
  })

  test('its owner may take it again, for longer or shorter', async () => {
    const { store } = await setUp()
    await store.leases.take('a', 'one', 100)
    expect(await store.leases.take('a', 'one', 500)).toBeUndefined()
    expect(await store.leases.take('a', 'two', 1)).toBe(500)
    expect(await store.leases.take('a', 'one', 10)).toBeUndefined()
    expect(await store.leases.take('a', 'two', 1)).toBe(10)
  })

  test('one that is not given back is free when its time is over', async () => {
    const { clock, store } = await setUp()
    await store.leases.take('a', 'one', 100)
    clock.now += 99
    expect(await store.leases.take('a', 'two', 50)).toBe(1)
    clock.now += 1
    expect(await store.leases.take('a', 'two', 50)).toBeUndefined()
    expect(await store.leases.take('a', 'one', 50)).toBe(50)
  })

  test('only its owner gives it back', async () => {
    const { store } = await setUp()
    await store.leases.take('a', 'one', 100)
    await store.leases.giveBack('a', 'two')
    expect(await store.leases.take('a', 'two', 100)).toBe(100)
    await store.leases.giveBack('a', 'one')
    await store.leases.giveBack('a', 'one')
    expect(await store.leases.take('a', 'two', 100)).toBeUndefined()
  })

  test('of many who ask at once, one gets it', async () => {
    const { store } = await setUp()
    const answers = await atOnce(20, (at) => store.leases.take('a', `owner ${at}`, 100))
    expect(answers.filter((answer) => answer === undefined)).toHaveLength(1)
    expect(answers.filter((answer) => answer === 100)).toHaveLength(19)
  })
}
