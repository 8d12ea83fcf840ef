import { expect, test } from 'vitest'
import { readArguments } from './read-arguments.ts'

test('without a word it is 2,000 uploads on SQLite', () => {
  expect(readArguments([])).toMatchObject({
    seed: 1,
    uploads: 2000,
    engine: 'sqlite',
    mode: 'chaos',
    output: 'text',
    trouble: 'on',
  })
})

test('takes what is said', () => {
  const words = ['--seed', '7', '--uploads', '20', '--engine', 'postgres', '--json']
  const expected = { seed: 7, uploads: 20, engine: 'postgres', output: 'json' }
  expect(readArguments(words)).toMatchObject(expected)
  expect(readArguments(['--outage'])).toMatchObject({ mode: 'outage', uploads: 500 })
})

test.each([
  [['--engine', 'oracle'], '--engine must be'],
  [['--uploads', '0'], '--uploads must be'],
  [['--seed', 'x'], '--seed must be'],
  [['--rate', '-1'], '--rate'],
  [['--what'], '--what'],
])('names what is wrong in %j', (words, message) => {
  expect(() => readArguments(words)).toThrow(message)
})
