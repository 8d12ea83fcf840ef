/** Dice that show the same again for the same seed and words, whatever else is thrown meanwhile. */
import { createHash } from 'node:crypto'

export interface Dice {
  /** From 0 up to, but not including, 1. */
  readonly random: () => number
  /** A whole number, both bounds included. */
  readonly between: (min: number, max: number) => number
  readonly chance: (share: number) => boolean
  /** One of these; each has a weight. */
  readonly pick: <Value>(weighted: readonly (readonly [value: Value, weight: number])[]) => Value
  /** A UUID of version 4. */
  readonly uuid: () => string
}

/** Makes dice. Each throw is a hash of the words and of its number. */
export function createDice(...words: readonly (string | number)[]): Dice {
  const name = words.join('/')
  let thrown = 0

  function draw(): Buffer {
    thrown += 1
    return createHash('sha256').update(`${name}#${thrown}`).digest()
  }

  function random(): number {
    return draw().readUIntBE(0, 6) / 2 ** 48
  }

  return {
    random,
    between: (min, max) => min + Math.floor(random() * (max - min + 1)),
    chance: (share) => random() < share,
    pick: (weighted) => pick(weighted, random()),
    uuid: () => toUuid(draw()),
  }
}

function pick<Value>(
  weighted: readonly (readonly [value: Value, weight: number])[],
  random: number,
): Value {
  const total = weighted.reduce((sum, [, weight]) => sum + weight, 0)
  let left = random * total
  for (const [value, weight] of weighted) {
    left -= weight
    if (left < 0) return value
  }
  throw new RangeError('There is nothing to pick from.')
}

function toUuid(bytes: Buffer): string {
  const hex = bytes.toString('hex')
  const variant = '89ab'[(bytes[16] ?? 0) % 4] ?? '8'
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}
