import { expect, test } from 'vitest'
import { atOnce, NOON, openWithClock } from './store-samples.ts'
import type { OpenImagesStore } from './store-samples.ts'

export function describeRights(openStore: OpenImagesStore): void {
  const setUp = () => openWithClock(openStore)

  test('tells how often rights were taken back, of each subject in its order', async () => {
    const { store } = await setUp()
    expect(await store.rights.epochs([])).toEqual([])
    expect(await store.rights.epochs(['image:a', 'viewer:b'])).toEqual([0, 0])
    expect(await store.rights.raise('viewer:b')).toBe(1)
    expect(await store.rights.raise('viewer:b')).toBe(2)
    expect(await store.rights.epochs(['viewer:b', 'image:a', 'viewer:b'])).toEqual([2, 0, 2])
  })

  test('of many who take back at once, each is counted', async () => {
    const { store } = await setUp()
    const answers = await atOnce(20, () => store.rights.raise('image:a'))
    expect(answers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1))
    expect(await store.rights.epochs(['image:a'])).toEqual([20])
  })

  test('of many who use up an id at once, one is first', async () => {
    const { store } = await setUp()
    const answers = await atOnce(20, () => store.rights.consume('id', NOON + 100))
    expect(answers.filter((answer) => answer === 'first')).toHaveLength(1)
    expect(await store.rights.consume('other', NOON + 100)).toBe('first')
  })

  test('an id stays used up until then', async () => {
    const { clock, store } = await setUp()
    await store.rights.consume('id', NOON + 100)
    clock.now += 100
    await store.rights.consume('other', NOON + 500)
    expect(await store.rights.consume('id', NOON + 900)).toBe('again')
  })
}
