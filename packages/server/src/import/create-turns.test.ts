import { expect, test } from 'vitest'
import { createTurns } from './create-turns.ts'

test('work about one thing waits for its turn, work about another does not', async () => {
  const inTurn = createTurns()
  const order: string[] = []
  const { promise, resolve: end } = Promise.withResolvers<void>()
  const first = inTurn('a', async () => {
    await promise
    order.push('first')
  })
  const second = inTurn('a', async () => void order.push('second'))
  await inTurn('b', async () => void order.push('other'))
  end()
  await Promise.all([first, second])
  expect(order).toEqual(['other', 'first', 'second'])
})

test('work that fails lets the next one begin, and only its own caller hears of it', async () => {
  const inTurn = createTurns()
  const failed = inTurn('a', () => Promise.reject(new Error('No.')))
  const next = inTurn('a', () => Promise.resolve('done'))
  await expect(failed).rejects.toThrow('No.')
  expect(await next).toBe('done')
})
