import { describe, expect, test } from 'vitest'
import { checkCustomId, checkImageId, toSegment } from './image-id.ts'

const uuid = '083eb7b2-5392-4565-b69e-aff66acddd00'

test.each([uuid, 'cats/tom.png', 'keyring', '100%', 'a..b', '…', 'x'.repeat(1024), 'ünïcode 🐈'])(
  'lets %s pass',
  (id) => {
    expect(checkImageId(id)).toBe(id)
  },
)

describe('with our token it would reach another endpoint', () => {
  test.each([
    '',
    'keys',
    'Keys',
    'KEYS/default',
    'stats',
    'config',
    'batch_token',
    'direct_upload',
    'variants/public',
    '.',
    '..',
    '../../zones',
    'a/../b',
    'a/./b',
    'a//b',
    '/a',
    'a/',
    'x'.repeat(1025),
    'a\nb',
    'a\u0000',
    'a\u0085b',
    '\ud800',
    'a/\udc00',
  ])('%j', (id) => {
    expect(() => checkImageId(id)).toThrow(TypeError)
    expect(() => checkCustomId(id)).toThrow(TypeError)
  })
})

test('an id of the app’s own choice is no UUID, in either case', () => {
  expect(checkCustomId(`users/${uuid}`)).toBe(`users/${uuid}`)
  expect(() => checkCustomId(uuid)).toThrow(/UUID/)
  expect(() => checkCustomId(uuid.toUpperCase())).toThrow(/UUID/)
})

test('a segment is encoded as a whole', () => {
  expect(toSegment('a/b c%d?e#f')).toBe('a%2Fb%20c%25d%3Fe%23f')
  expect(toSegment('%2e%2e')).toBe('%252e%252e')
})
