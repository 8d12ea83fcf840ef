import { expect, test } from 'vitest'
import { checkImageId } from './image-id.ts'

test.each(['083eb7b2-5392-4565-b69e-aff66acddd00', 'cats/tom.png', 'keyring', '100%'])(
  'lets %s pass',
  (id) => {
    expect(checkImageId(id)).toBe(id)
  },
)

test.each([
  '',
  'keys',
  'stats',
  'variants/public',
  '..',
  '../../zones',
  'a//b',
  'a/./b',
  'x'.repeat(1025),
])('refuses %s: with our token it would reach another endpoint', (id) => {
  expect(() => checkImageId(id)).toThrow(TypeError)
})
