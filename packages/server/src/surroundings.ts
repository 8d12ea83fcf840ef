/** Everything impure that the SDK needs, handed in once where the client is created. */
export interface Surroundings {
  readonly fetch: (request: Request) => Promise<Response>
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** From 0 up to, but not including, 1. */
  readonly random: () => number
  /** Resolves after a while; rejects with the signal's reason as soon as it aborts. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
}

/** Wraps the globals rather than keeping references to them, so that fake timers take hold. */
export const defaultSurroundings: Surroundings = {
  fetch: (request) => fetch(request),
  now: () => Date.now(),
  random: () => Math.random(),
  sleep,
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(toReason(signal))
    const timer = setTimeout(finish, ms)
    signal.addEventListener('abort', cancel, { once: true })

    function finish(): void {
      signal.removeEventListener('abort', cancel)
      resolve()
    }

    function cancel(): void {
      clearTimeout(timer)
      reject(toReason(signal))
    }
  })
}

function toReason(signal: AbortSignal): Error {
  return signal.reason instanceof Error
    ? signal.reason
    : new Error('Aborted.', { cause: signal.reason })
}
