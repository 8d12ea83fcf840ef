/** One try to hand over a notification. */
export interface LoggedWebhook {
  /** Rises by one with every line, also over a reset. */
  readonly id: number
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly about: 'succeeded' | 'failed' | 'test'
  /** Absent for a test message. */
  readonly imageId?: string
  /** The same for every try and every duplicate. */
  readonly correlationId: string
  /** 1 for the first try. */
  readonly attempt: number
  /** What the receiver answered; 0 if nothing. */
  readonly status: number
  /** Effects of the faults that acted. */
  readonly fault?: string
}

/** Keeps the newest tries. */
export interface WebhookLog {
  readonly add: (line: Omit<LoggedWebhook, 'id'>) => void
  readonly list: () => readonly LoggedWebhook[]
  readonly clear: () => void
}

/** Creates a log that forgets all but the newest 100 lines. */
export function createWebhookLog(): WebhookLog {
  let lines: readonly LoggedWebhook[] = []
  let added = 0
  return {
    add(line) {
      added += 1
      lines = [...lines.slice(-99), { id: added, ...line }]
    },
    list: () => lines,
    clear() {
      lines = []
    },
  }
}
