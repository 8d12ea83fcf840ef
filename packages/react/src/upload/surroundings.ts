import { connectTabs } from './channel.ts'
import type { Channel } from './channel.ts'
import { createRandomId } from './random-id.ts'

/** All that the engine takes from the outside world besides network and storage. Tests move it by hand. */
export interface UploadSurroundings {
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** From 0 up to, not including, 1. */
  readonly random: () => number
  /** Rejects with the signal's reason as soon as it aborts. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
  /** A new UUID. */
  readonly randomId: () => string
  /** Calls the listener when somebody looks at the page again, or it is online again, until the signal aborts. */
  readonly watchReturn: (listener: () => void, signal: AbortSignal) => void
  /** Whether the browser believes that there is a connection. It can be wrong either way, so that it counts only when a try has failed. */
  readonly isOnline: () => boolean
  /** Opens a line to the other tabs, and to the other uploaders of this one. */
  readonly connect: (name: string, onMessage: (message: unknown) => void) => Channel
}

/** The real ones. Each wraps its global, so that fake timers still work. */
export const defaultSurroundings: UploadSurroundings = {
  now: () => Date.now(),
  random: () => Math.random(),
  sleep,
  randomId: () => createRandomId(),
  watchReturn,
  isOnline: () => globalThis.navigator?.onLine ?? true,
  connect: connectTabs,
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const timer = setTimeout(wake, ms)
    signal.addEventListener('abort', giveUp, { once: true })

    function wake(): void {
      signal.removeEventListener('abort', giveUp)
      resolve()
    }
    function giveUp(): void {
      clearTimeout(timer)
      reject(signal.reason)
    }
  })
}

/** Nobody looks at a program without a page. */
function watchReturn(listener: () => void, signal: AbortSignal): void {
  if (typeof document === 'undefined') return
  document.addEventListener('visibilitychange', () => document.hidden || listener(), { signal })
  window.addEventListener('online', listener, { signal })
}
