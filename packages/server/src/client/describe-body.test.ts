import { expect, test } from 'vitest'
import { describeBody } from './describe-body.ts'

test.each([
  ['', null, 'nothing'],
  [
    '<html>Bad gateway</html>',
    'text/html; charset=utf-8',
    '24 characters of text/html: "<html>Bad gateway</html>"',
  ],
  [
    'upstream\n\u0000\u001b[31m timed out ü',
    null,
    '27 characters of no type: "upstream [31m timed out"',
  ],
  [
    '{"keys":[{"value":"short"',
    'application/json',
    '25 characters of application/json that are no whole answer',
  ],
  ['  [1', 'application/json', '4 characters of application/json that are no whole answer'],
])('describes %j', (body, type, expected) => {
  expect(describeBody(body, type)).toBe(expected)
})

test.each([
  'Bearer abcdefghijklmnopqrstuvwxyz0123456789ABCD',
  'see https://upload.imagedelivery.net/hash/secret',
  'GET /x?sig=secret&exp=1',
  'account 0123456789abcdef0123456789abcdef is gone',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJzZWNyZXQifQ.c2VjcmV0c2VjcmV0',
])('leaves out of %j what may be a secret', (body) => {
  const said = describeBody(body, 'text/plain')
  expect(said).toContain('…')
  expect(said).not.toMatch(/secret|abcdef|eyJ/)
})

test('shows no more than the beginning of a long body', () => {
  expect(describeBody('so much to say '.repeat(100_000), 'text/html').length).toBeLessThan(120)
})

test('does not show the end of a secret that is very long', () => {
  const body = `${'a'.repeat(100_000)} and more`
  expect(describeBody(body, 'text/plain')).toBe('100009 characters of text/plain: "… and more"')
})
