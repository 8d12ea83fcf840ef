import type { Logger } from '../log-events.ts'

/** A logger for tests that are not about what is written. */
export const silent: Logger = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
}
