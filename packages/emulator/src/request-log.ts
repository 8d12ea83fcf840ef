/** One line of the log of requests. */
export interface LoggedRequest {
  /** Milliseconds since the epoch, when the reply was ready. */
  readonly at: number
  readonly method: string
  /** Without the query, which may hold a signature. */
  readonly path: string
  /** 0 when the connection was cut. */
  readonly status: number
  /** Effects of the faults that acted, as in `delay, answer`. */
  readonly fault?: string
}

/** Keeps the newest requests. */
export interface RequestLog {
  readonly add: (line: LoggedRequest) => void
  readonly list: () => readonly LoggedRequest[]
}

/** Creates a log that forgets all but the newest 200 lines. */
export function createRequestLog(): RequestLog {
  let lines: readonly LoggedRequest[] = []
  return {
    add(line) {
      lines = [...lines.slice(-199), line]
    },
    list: () => lines,
  }
}
