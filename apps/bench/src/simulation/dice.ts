/**
 * Makes dice that fall the same way every time: `mulberry32`. Each throw is from 0 up to, but not including, 1.
 * @see https://gist.github.com/tommyettinger/46a874533244883189143505d203312c
 */
export function createDice(seed: number): () => number {
  let state = seed
  return function throwDice() {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
