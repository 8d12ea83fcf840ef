import { expect, test } from 'vitest'
import { readArguments } from './read-arguments.ts'

const groups = ['stack', 'sizes']

test('runs every group and prints a table unless told otherwise', () => {
  expect(readArguments([], groups)).toEqual({ only: groups, output: 'table' })
})

test('runs only the named groups', () => {
  const args = ['--only', 'sizes', '--json']
  expect(readArguments(args, groups)).toEqual({ only: ['sizes'], output: 'json' })
})

test('names the groups there are if there is no such one, and refuses unknown options', () => {
  expect(() => readArguments(['--only', 'size'], groups)).toThrow('only stack, sizes')
  expect(() => readArguments(['--fast'], groups)).toThrow(TypeError)
})
