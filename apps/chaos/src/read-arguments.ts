import { parseArgs } from 'node:util'

export interface Arguments {
  readonly seed: number
  readonly uploads: number
  readonly engine: 'sqlite' | 'postgres'
  /** `outage`: everything is down for an hour. */
  readonly mode: 'chaos' | 'outage'
  readonly output: 'text' | 'json'
  /** How many times faster than real time. */
  readonly rate: number
  /** Files that are picked within a minute, by the clock of the run. */
  readonly perMinute: number
  readonly trouble: 'on' | 'off'
}

const options = {
  seed: { type: 'string', default: '1' },
  uploads: { type: 'string' },
  engine: { type: 'string', default: 'sqlite' },
  outage: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  rate: { type: 'string', default: '30' },
  'per-minute': { type: 'string', default: '80' },
  calm: { type: 'boolean', default: false },
} as const

const UPLOADS = { chaos: '2000', outage: '500' }

/** Reads the command line. @throws TypeError or RangeError that says what may be written there. */
export function readArguments(args: readonly string[]): Arguments {
  const { values } = parseArgs({ args: [...args], options })
  const { engine } = values
  if (engine !== 'sqlite' && engine !== 'postgres') {
    throw new RangeError('--engine must be sqlite or postgres.')
  }
  const mode = values.outage ? 'outage' : 'chaos'
  return {
    seed: readNumber('seed', values.seed, 0),
    uploads: readNumber('uploads', values.uploads ?? UPLOADS[mode], 1),
    engine,
    mode,
    output: values.json ? 'json' : 'text',
    rate: readNumber('rate', values.rate, 1),
    perMinute: readNumber('per-minute', values['per-minute'], 1),
    trouble: values.calm ? 'off' : 'on',
  }
}

function readNumber(name: string, text: string, min: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN
  if (value >= min) return value
  throw new RangeError(`--${name} must be a whole number from ${min} on.`)
}
