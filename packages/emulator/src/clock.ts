/** A clock that can be set apart from the one it was given. */
export interface Clock {
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Moves it by so many milliseconds, back if negative. */
  readonly jump: (ms: number) => void
  /** How far it is from the clock it was given, in milliseconds. */
  readonly offset: () => number
  readonly reset: () => void
}

/** Creates a clock that agrees with `base` until it is told to jump. */
export function createClock(base: () => number): Clock {
  let offset = 0
  return {
    now: () => base() + offset,
    jump(ms) {
      offset += ms
    },
    offset: () => offset,
    reset() {
      offset = 0
    },
  }
}
