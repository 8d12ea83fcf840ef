/** What ended a wait: its time, or somebody who looks at the page again or is online again. */
export type Woken = 'time' | 'return'

/** All that a picture takes from the outside world. Tests move it by hand. */
export interface PictureSurroundings {
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** From 0 up to, not including, 1. */
  readonly random: () => number
  /** Whether somebody may be looking at the page. */
  readonly isWatched: () => boolean
  /** Resolves when the time is over or somebody comes back; never once the signal has aborted. `Infinity` waits for somebody alone. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<Woken>
  /** Loads a picture out of sight, the way `like` loads its own, and tells whether it can be shown. */
  readonly probe: (src: string, like: HTMLImageElement | null) => Promise<boolean>
}

/** The real ones. Each wraps its global, so that fake timers still work. */
export const defaultPictureSurroundings: PictureSurroundings = {
  now: () => Date.now(),
  random: () => Math.random(),
  isWatched: () => !document.hidden,
  wait,
  probe,
}

/** A longer timer would go off at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

function wait(ms: number, signal: AbortSignal): Promise<Woken> {
  return new Promise((resolve) => {
    const over = new AbortController()
    const listening = { signal: over.signal }
    const timer = ms < Infinity && setTimeout(end, Math.min(ms, LONGEST_TIMER_MS), 'time')

    function end(woken?: Woken): void {
      over.abort()
      if (timer !== false) clearTimeout(timer)
      if (woken !== undefined) resolve(woken)
    }
    signal.addEventListener('abort', () => end(), listening)
    window.addEventListener('online', () => end('return'), listening)
    document.addEventListener('visibilitychange', () => document.hidden || end('return'), listening)
  })
}

function probe(src: string, like: HTMLImageElement | null): Promise<boolean> {
  return new Promise((resolve) => {
    const image = new Image()
    image.addEventListener('load', () => resolve(true))
    image.addEventListener('error', () => resolve(false))
    image.crossOrigin = like?.crossOrigin ?? null
    image.referrerPolicy = like?.referrerPolicy ?? ''
    image.src = src
  })
}
