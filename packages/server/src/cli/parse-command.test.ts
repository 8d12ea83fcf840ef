import { expect, test } from 'vitest'
import { InvalidCommandError, parseCommand } from './parse-command.ts'

test('doctor alone prints text and asks for no variants', () => {
  expect(parseCommand(['doctor'])).toEqual({
    kind: 'doctor',
    options: { output: 'text', variants: [] },
  })
})

test('its options can be given in any order, and variants several times', () => {
  const args = ['--variant', 'a', '--json', 'doctor', '--webhook-secret', 's', '--variant=b-c']
  expect(parseCommand(args)).toEqual({
    kind: 'doctor',
    options: { output: 'json', variants: ['a', 'b-c'], webhookSecret: 's' },
  })
})

test.each([
  [['--help'], 'help'],
  [['doctor', '--help'], 'help'],
  [['--version'], 'version'],
])('%j asks for the %s', (args, kind) => {
  expect(parseCommand(args)).toEqual({ kind })
})

test.each([
  [[], 'A command is missing. Try --help.'],
  [['nurse'], 'There is no command nurse. Try --help.'],
  [['doctor', 'now'], 'doctor takes options only. Try --help.'],
  [['doctor', '--fast'], "Unknown option '--fast'. Try --help."],
  [
    ['doctor', '--webhook-secret', '-x'],
    "Option '--webhook-secret' argument is ambiguous. Try --help.",
  ],
  [['doctor', '--variant'], "Option '--variant <value>' argument missing. Try --help."],
  [
    ['doctor', '--variant', 'w=400'],
    '--variant must be the name of a variant: letters, digits, - and _',
  ],
])('%j is refused in a sentence', (args, message) => {
  expect(() => parseCommand(args)).toThrow(new InvalidCommandError(message))
})
