import { expect, test } from 'vitest'
import { createByteCache } from './byte-cache.ts'

test('forgets what was longest not asked for when there is no room', () => {
  const cache = createByteCache<string>(10)
  cache.set('a', 'A', 5)
  cache.set('b', 'B', 5)
  expect(cache.get('a')).toBe('A')
  cache.set('c', 'C', 5)
  expect(['a', 'b', 'c'].map(cache.get)).toEqual(['A', undefined, 'C'])
})

test('counts a value that is replaced once', () => {
  const cache = createByteCache<string>(10)
  cache.set('a', 'A', 9)
  cache.set('a', 'A2', 5)
  cache.set('b', 'B', 5)
  expect(['a', 'b'].map(cache.get)).toEqual(['A2', 'B'])
})

test('does not keep what is larger than all of it', () => {
  const cache = createByteCache<string>(10)
  cache.set('a', 'A', 4)
  cache.set('b', 'B', 11)
  expect(['a', 'b'].map(cache.get)).toEqual(['A', undefined])
})
