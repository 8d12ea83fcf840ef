/** What ended a wait: its time, or somebody who looks at the page again or is online again. */
export type Woken = 'time' | 'return'

/** All that a picture takes from the outside world. Tests move it by hand. */
export interface PictureSurroundings {
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** From 0 up to, not including, 1. */
  readonly random: () => number
  /**
   * Resolves when the time is over or somebody comes back, and never once the signal has aborted. What
   * falls due while nobody looks waits for somebody. `Infinity` may end after some weeks.
   */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<Woken>
  /** Loads a picture out of sight, and tells whether it can be shown. */
  readonly probe: (src: string) => Promise<boolean>
}

/** The real ones. Each wraps its global, so that fake timers still work. */
export const defaultPictureSurroundings: PictureSurroundings = {
  now: () => Date.now(),
  random: () => Math.random(),
  wait,
  probe,
}

/** Nearly 25 days. A longer timer would go off at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

function wait(ms: number, signal: AbortSignal): Promise<Woken> {
  return new Promise((resolve) => {
    const over = new AbortController()
    const listening = { signal: over.signal }
    const look = (woken: Woken) => (): void => {
      if (document.hidden) return
      end()
      resolve(woken)
    }
    const end = (): void => {
      over.abort()
      clearTimeout(timer)
    }
    const timer = setTimeout(look('time'), Math.min(ms, LONGEST_TIMER_MS))
    signal.addEventListener('abort', end, listening)
    window.addEventListener('online', look('return'), listening)
    document.addEventListener('visibilitychange', look('return'), listening)
  })
}

function probe(src: string): Promise<boolean> {
  const image = new Image()
  image.src = src
  return image.decode().then(
    () => true,
    () => false,
  )
}
