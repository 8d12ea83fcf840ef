import type { ClientEvent, ClientEventType, Events } from './events.ts'

/** Where the client writes what an operator should know. `console` is one. */
export interface Logger {
  readonly info: (message: string, event: ClientEvent) => void
  readonly warn: (message: string, event: ClientEvent) => void
  readonly error: (message: string, error: unknown) => void
}

/** What is worth a line, and how loud. Calls and attempts are not: metrics count them. */
const levels: readonly (readonly [type: ClientEventType, level: 'info' | 'warn'])[] = [
  ['retried', 'warn'],
  ['retry-forgone', 'warn'],
  ['circuit-changed', 'warn'],
  ['gate-closed', 'warn'],
  ['store-degraded', 'warn'],
  ['store-restored', 'info'],
  ['batch-unavailable', 'info'],
]

/** Writes every retry, with attempt, delay and reason, and every change of what holds the client together. */
export function logEvents(events: Events, logger: Logger): void {
  for (const [type, level] of levels) {
    events.on(type, (event) => logger[level](`lightfast: ${type}`, event))
  }
}
