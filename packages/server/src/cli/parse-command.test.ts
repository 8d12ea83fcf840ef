import { expect, test } from 'vitest'
import { InvalidCommandError } from './invalid-command-error.ts'
import { parseCommand } from './parse-command.ts'

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
  [['--help'], { kind: 'help' }],
  [['nurse', '--help'], { kind: 'help' }],
  [['doctor', '--help'], { kind: 'help', topic: 'doctor' }],
  [['--help', 'import'], { kind: 'help', topic: 'import' }],
  [['--version'], { kind: 'version' }],
])('%j asks for %o', (args, command) => {
  expect(parseCommand(args)).toEqual(command)
})

test('what deletes or brings something has defaults that do little', () => {
  expect(parseCommand(['cleanup'])).toEqual({
    kind: 'cleanup',
    options: { output: 'text', mode: 'act', expiredDays: 30, consent: 'ask' },
  })
  expect(parseCommand(['import', 'a', 'b', '--kind', 'photo', '--owner', 'ada'])).toMatchObject({
    options: { sources: ['a', 'b'], concurrency: 4, perMinute: 150, hosts: 'public' },
  })
  expect(parseCommand(['jobs'])).toMatchObject({ options: { replay: [], task: 'list' } })
})

test('every option of a command is read', () => {
  const cleanup = ['cleanup', '--unused-days', '90', '--expired-days', '0', '--yes', '--dry-run']
  expect(parseCommand(cleanup)).toMatchObject({
    options: { unusedDays: 90, expiredDays: 0, consent: 'given', mode: 'look' },
  })
  const jobs = ['jobs', '--state', 'dead', '--kind', 'forward', '--replay-all', '--run', '--json']
  expect(parseCommand(jobs)).toEqual({
    kind: 'jobs',
    options: { output: 'json', state: 'dead', kind: 'forward', replay: 'all', task: 'run' },
  })
  const both = ['jobs', '--replay', 'close:1', '--replay', 'close:2']
  expect(parseCommand(both)).toMatchObject({ options: { replay: ['close:1', 'close:2'] } })
  const ids = ['import', '--list', 'l', '--kind', 'k', '--owner', 'o', '--tenant', 't']
  const rest = ['--concurrency', '8', '--per-minute', '9', '--state', 's', '--allow-private']
  expect(parseCommand([...ids, ...rest])).toEqual({
    kind: 'import',
    options: {
      output: 'text',
      mode: 'act',
      sources: [],
      list: 'l',
      kind: 'k',
      owner: 'o',
      tenant: 't',
      concurrency: 8,
      perMinute: 9,
      stateFile: 's',
      hosts: 'any',
    },
  })
})

test('what changes an account is said with a verb, and asks first', () => {
  expect(parseCommand(['variants', 'sync', '--presets', 'p.json'])).toEqual({
    kind: 'variants',
    options: { output: 'text', mode: 'act', presets: 'p.json', consent: 'ask' },
  })
  expect(parseCommand(['keys', 'rotate'])).toEqual({
    kind: 'keys',
    options: { output: 'text', mode: 'act', step: 'begin', consent: 'ask', value: 'hide' },
  })
  const all = ['keys', 'rotate', '--finish', '--old', 'a', '--yes', '--dry-run', '--show-value']
  expect(parseCommand(all)).toMatchObject({
    options: { step: 'finish', old: 'a', consent: 'given', mode: 'look', value: 'show' },
  })
})

test.each([
  [['variants'], 'It is: lightfast variants sync. Try --help.'],
  [['keys', 'delete'], 'It is: lightfast keys rotate. Try --help.'],
  [['keys', 'rotate', '--show-value', '--json'], '--show-value and --json exclude each other.'],
  [[], 'A command is missing. Try --help.'],
  [['nurse'], 'There is no command nurse. Try --help.'],
  [['doctor', 'now'], 'doctor takes options only. Try --help.'],
  [['doctor', '--fast'], "Unknown option '--fast'. Try --help."],
  [
    ['doctor', '--webhook-secret', '-x'],
    "Option '--webhook-secret' argument is ambiguous. Try --help.",
  ],
  [['doctor', '--variant'], "Option '--variant <value>' argument missing. Try --help."],
  [['migrate', '--yes'], 'migrate does not take --yes. Try --help.'],
  [['cleanup', '--unused-days', 'x'], '--unused-days must be a whole number from 0 to 36500.'],
  [
    ['cleanup', '--expired-days', '36501'],
    '--expired-days must be a whole number from 0 to 36500.',
  ],
  [['jobs', '--state', 'late'], '--state must be one of dead, queued.'],
  [['jobs', '--replay-all', '--replay', 'a'], '--replay and --replay-all exclude each other.'],
  [
    ['import', '--kind', 'k', '--owner', 'o'],
    'import needs paths, addresses or --list. Try --help.',
  ],
  [['import', 'a', '--owner', 'o'], '--kind is missing. Try --help.'],
  [['import', 'a', '--kind', 'k', '--owner', ''], '--owner must have from 1 to 255 letters.'],
  [
    ['doctor', '--variant', 'w=400'],
    '--variant must be the name of a variant: letters, digits, - and _',
  ],
])('%j is refused in a sentence', (args, message) => {
  expect(() => parseCommand(args)).toThrow(new InvalidCommandError(message))
})
