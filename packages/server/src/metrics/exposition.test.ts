import { describe, expect, test } from 'vitest'
import { parseExposition } from '../test-support/parse-exposition.ts'
import { createCounter } from './counter.ts'
import { writeFamilies } from './exposition.ts'
import { createHistogram } from './histogram.ts'

describe('what is written can be read back', () => {
  test.each(['plain', 'a "quoted" word', 'back\\slash', 'two\nlines', '\\n', 'ünï, {x="y"}'])(
    'a label with the value %j',
    (value) => {
      const samples = [{ labels: { name: value }, value: 1 }]
      const text = writeFamilies([{ name: 'a', help: 'Of\nit \\.', type: 'gauge', samples }])
      expect(text.split('\n')).toHaveLength(4)
      const [sample] = parseExposition(text).get('a')?.samples.values() ?? []
      expect(sample?.labels).toEqual({ name: value })
    },
  )

  test.each([0, 1, 0.25, 1e21, 1e-9, Infinity, -Infinity])('the number %d', (value) => {
    const family = {
      name: 'a',
      help: 'A.',
      type: 'gauge',
      samples: [{ labels: {}, value }],
    } as const
    const [sample] =
      parseExposition(writeFamilies([family]))
        .get('a')
        ?.samples.values() ?? []
    expect(sample?.value).toBe(value)
  })
})

test('the parser of these tests refuses what is no such text', () => {
  const head = '# HELP a A.\n# TYPE a gauge\n'
  expect(() => parseExposition(`${head}a 1`)).toThrow('does not end')
  expect(() => parseExposition('a 1\n')).toThrow('Not a family')
  expect(() => parseExposition(`${head}b 1\n`)).toThrow('Not a sample of a')
  expect(() => parseExposition(`${head}a{x="\n"} 1\n`)).toThrow('Not a sample')
  expect(() => parseExposition(`${head}a one\n`)).toThrow('Not a sample')
  expect(() => parseExposition(`${head}a 1\na 2\n`)).toThrow('twice')
  expect(() => parseExposition(`${head}a 1\n${head}a{x="y"} 1\n`)).toThrow('twice')
})

test('a counter has a series for each set of labels, and what it wrote stays as it was', () => {
  const counter = createCounter('a_total', 'A.')
  counter.add({ by: 'x' })
  counter.add({ by: 'y' })
  const before = counter.toFamily().samples
  counter.add({ by: 'x' })
  expect(before.map(({ value }) => value)).toEqual([1, 1])
  expect(counter.toFamily().samples).toEqual([
    { labels: { by: 'x' }, value: 2 },
    { labels: { by: 'y' }, value: 1 },
  ])
})

test('a histogram is cumulative, takes a value that equals an end into it, and ends in infinity', () => {
  const histogram = createHistogram('a', 'A.', [1, 2])
  for (const value of [0.5, 1, 1.5, 7]) histogram.observe({}, value)
  expect(writeFamilies([histogram.toFamily()])).toBe(`# HELP a A.
# TYPE a histogram
a_bucket{le="1"} 2
a_bucket{le="2"} 3
a_bucket{le="+Inf"} 4
a_sum 10
a_count 4
`)
})
