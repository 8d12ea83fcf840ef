import { parseArgs } from 'node:util'

export interface Arguments {
  /** The groups to run, all of them if none is named. */
  readonly only: readonly string[]
  readonly output: 'table' | 'json'
}

/** Reads the command line. @throws TypeError or RangeError that says what may be written there. */
export function readArguments(args: readonly string[], groups: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...args],
    options: { only: { type: 'string', multiple: true }, json: { type: 'boolean' } },
  })
  const { only = groups, json = false } = values
  const unknown = only.find((name) => !groups.includes(name))
  if (unknown === undefined) return { only, output: json ? 'json' : 'table' }
  throw new RangeError(`There is no group "${unknown}", only ${groups.join(', ')}.`)
}
