/**
 * Creates a generator of numbers from 0 up to 1 that repeats itself exactly for the same seed: Mulberry32,
 * https://github.com/cprosche/mulberry32
 */
export function createSeededRandom(seed: number): () => number {
  let state = seed >>> 0
  return function draw() {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
