import { describe, expect, test } from 'vitest'
import { InvalidCommandError, parseCommand } from './parse-command.ts'

test('starts on this machine alone, with nothing asked for', () => {
  const options = { port: 8788, host: '127.0.0.1', seed: 1 }
  expect(parseCommand([], {})).toEqual({ kind: 'start', options })
})

test('takes every option, and what is not given from the environment', () => {
  const args = [
    '--port',
    '0',
    '--host',
    '0.0.0.0',
    '--data',
    'kept',
    '--webhook',
    'http://a.test/b',
  ]
  const environment = {
    LIGHTFAST_EMULATOR_PORT: '99',
    LIGHTFAST_EMULATOR_TOKEN: 'abc',
    LIGHTFAST_EMULATOR_SCENARIO: 'july2026',
    LIGHTFAST_EMULATOR_SEED: '',
    LIGHTFAST_EMULATOR_WEBHOOK_SECRET: 's',
  }
  expect(parseCommand(args, environment)).toEqual({
    kind: 'start',
    options: {
      port: 0,
      host: '0.0.0.0',
      seed: 1,
      data: 'kept',
      token: 'abc',
      scenario: 'july2026',
      webhook: { url: 'http://a.test/b', secret: 's' },
    },
  })
})

test('prefers help to everything', () => {
  expect(parseCommand(['--help', '--port', 'x'], {})).toEqual({ kind: 'help' })
  expect(parseCommand(['--version'], {})).toEqual({ kind: 'version' })
})

describe('refuses in one sentence', () => {
  test.each([
    [['--port', 'many'], '--port must be'],
    [['--port', '70000'], '--port must be'],
    [['--scenario', 'sunshine'], '--scenario must be one of february2025'],
    [['--webhook', 'ftp://a'], '--webhook must be'],
    [['--surprise'], "Unknown option '--surprise'"],
    [['here'], 'Unexpected argument'],
    [['--port'], '--port'],
  ])('%j', (args, message) => {
    expect(() => parseCommand(args, {})).toThrow(InvalidCommandError)
    expect(() => parseCommand(args, {})).toThrow(message)
  })
})
