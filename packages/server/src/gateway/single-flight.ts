export interface SingleFlight<Result> {
  /**
   * Begins work, or joins what was begun under the same key and is not over. Rejects with the signal's reason as soon as the
   * caller leaves; when all have left, the work is aborted.
   */
  readonly join: (
    key: string,
    begin: (signal: AbortSignal) => Promise<Result>,
    signal: AbortSignal,
  ) => Promise<Result>
}

interface Flight<Result> {
  readonly promise: Promise<Result>
  readonly controller: AbortController
  waiting: number
}

/** Makes what does the same work once for all who want it at the same time. */
export function createSingleFlight<Result>(): SingleFlight<Result> {
  const flights = new Map<string, Flight<Result>>()

  function start(key: string, begin: (signal: AbortSignal) => Promise<Result>): Flight<Result> {
    const controller = new AbortController()
    const promise = begin(controller.signal)
    const flight = { promise, controller, waiting: 0 }
    const land = () => end(key, flight)
    flights.set(key, flight)
    promise.then(land, land)
    return flight
  }

  /** Another one may have begun meanwhile under the same key. */
  function end(key: string, flight: Flight<Result>): void {
    if (flights.get(key) === flight) flights.delete(key)
  }

  function leave(key: string, flight: Flight<Result>, reason: unknown): void {
    flight.waiting -= 1
    if (flight.waiting > 0) return
    end(key, flight)
    flight.controller.abort(reason)
  }

  return {
    async join(key, begin, signal) {
      signal.throwIfAborted()
      const flight = flights.get(key) ?? start(key, begin)
      flight.waiting += 1
      return new Promise((resolve, reject) => {
        const onAbort = () => {
          reject(signal.reason)
          leave(key, flight, signal.reason)
        }
        const tidy = () => signal.removeEventListener('abort', onAbort)
        signal.addEventListener('abort', onAbort, { once: true })
        flight.promise.then(resolve, reject).finally(tidy)
      })
    },
  }
}
