/** One line of the log of requests. */
export interface LoggedRequest {
  /** Rises by one with every line, also over a reset. */
  readonly id: number
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
  readonly add: (line: Omit<LoggedRequest, 'id'>) => void
  readonly list: () => readonly LoggedRequest[]
  readonly clear: () => void
}

/** Creates a log that forgets all but the newest 200 lines. */
export function createRequestLog(): RequestLog {
  let lines: readonly LoggedRequest[] = []
  let added = 0
  return {
    add(line) {
      added += 1
      lines = [...lines.slice(-199), { id: added, ...line }]
    },
    list: () => lines,
    clear() {
      lines = []
    },
  }
}
