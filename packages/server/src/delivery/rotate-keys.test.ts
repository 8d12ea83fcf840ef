import { expect, test } from 'vitest'
import { newestFirst, readRotation } from './rotate-keys.ts'

const named = (...names: readonly string[]) => names.map((name) => ({ name }))

test.each([
  [['default'], { current: 'default', add: 'lightfast-1' }],
  [['lightfast-1'], { current: 'lightfast-1', add: 'lightfast-2' }],
  [['lightfast-9'], { current: 'lightfast-9', add: 'lightfast-10' }],
  [['lightfast-01'], { current: 'lightfast-01', add: 'lightfast-1' }],
])('with %j alone, a rotation begins with a name that there never was', (names, expected) => {
  expect(readRotation(named(...names))).toEqual({ status: 'resting', ...expected })
})

test.each([
  [['default', 'lightfast-1'], 'lightfast-1', 'default'],
  [['lightfast-1', 'default'], 'lightfast-1', 'default'],
  [['lightfast-9', 'lightfast-10'], 'lightfast-10', 'lightfast-9'],
])('with %j, it goes on', (names, newer, older) => {
  expect(readRotation(named(...names))).toEqual({ status: 'rotating', newer, older })
})

test('where names do not tell, whoever asks says which key is old', () => {
  const keys = named('default', 'second')
  expect(() => readRotation(keys)).toThrow(/cannot be told which key is older, default or second/)
  expect(readRotation(keys, 'second')).toEqual({
    status: 'rotating',
    newer: 'default',
    older: 'second',
  })
  expect(() => readRotation(keys, 'third')).toThrow('There is no key third.')
})

test('no key, or more than two, are no rotation', () => {
  expect(() => readRotation([])).toThrow(TypeError)
  expect(() => readRotation(named('default', 'lightfast-1', 'lightfast-2'))).toThrow(/3 keys/)
})

test('the newest is first, and the list that was given stays as it was', () => {
  const keys = named('default', 'lightfast-2', 'lightfast-11')
  expect(newestFirst(keys)).toEqual(named('lightfast-11', 'lightfast-2', 'default'))
  expect(keys).toEqual(named('default', 'lightfast-2', 'lightfast-11'))
})
