import { expect, it } from 'vitest'
import { createRandomId } from './random-id.ts'

const UUID_4 = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/

it('makes a version 4 UUID', () => {
  expect(createRandomId()).toMatch(UUID_4)
})

it('makes one without randomUUID, which a page on plain http does not have', () => {
  const source = { getRandomValues: crypto.getRandomValues.bind(crypto) }
  expect(createRandomId(source)).toMatch(UUID_4)
  expect(createRandomId({ getRandomValues: (bytes) => bytes.fill(0xff) })).toBe(
    'ffffffff-ffff-4fff-afff-ffffffffffff',
  )
})
