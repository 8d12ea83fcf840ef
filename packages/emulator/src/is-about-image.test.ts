import { expect, test } from 'vitest'
import { isAboutImage } from './is-about-image.ts'

const api = '/client/v4/accounts/acc/images'

test.each([
  [`${api}/v1/one`, 'one', true],
  [`${api}/v1/one/blob`, 'one', true],
  [`${api}/v1/a%2Fb`, 'a/b', true],
  [`${api}/v1/a%2Fb`, 'a', false],
  [`${api}/v1`, 'v1', false],
  ['/images/v1/one', 'one', true],
  ['/hash/one', 'one', true],
  ['/hash/a%2Fb', 'a/b', true],
  ['/hash/one/public', 'one', true],
  ['/hash/a/b/public', 'a/b', true],
  ['/cdn-cgi/imagedelivery/hash/a/b/public', 'a/b', true],
  ['/hash/one/public', 'public', false],
  ['/hash/another/public', 'one', false],
  ['/hash/%', '%', false],
  ['/', '', false],
])('%s names %s: %s', (path, id, expected) => {
  expect(isAboutImage(`https://host.example${path}`, id)).toBe(expected)
})
