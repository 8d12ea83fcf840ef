import { expect, test } from 'vitest'
import { withoutFresh } from './list-lag.ts'
import type { Fault } from './faults.ts'

const facts = { id: 'a', createdAt: 1000, meta: {}, creator: null, requireSignedURLs: false }
const lag: Fault = { on: 'list', effect: 'list-lag', ms: 500 }

test('hides an image until it is old enough, and nothing without the fault', () => {
  expect(withoutFresh([{ facts }], [lag], 1499)).toEqual([])
  expect(withoutFresh([{ facts }], [lag], 1500)).toHaveLength(1)
  expect(withoutFresh([{ facts }], [], 1000)).toHaveLength(1)
})
