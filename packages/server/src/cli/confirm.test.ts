import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { confirm } from './confirm.ts'

test.each([
  ['y\n', true],
  ['YES\n', true],
  ['n\n', false],
  ['\n', false],
  ['yesterday\n', false],
  ['', false],
])('%j is taken for %s', async (answer, expected) => {
  const [input, output] = [new PassThrough(), new PassThrough()]
  input.end(answer)
  expect(await confirm('Delete it?', { input, output })).toBe(expected)
  expect(String(output.read())).toBe('Delete it? [y/N] ')
})
