import type { Events } from '../events.ts'
import type { JobEvent } from './job-events.ts'

/** Where a job runner writes what an operator should know. `console` is one. */
export interface JobLogger {
  readonly info: (message: string, event: JobEvent) => void
  readonly warn: (message: string, event: JobEvent) => void
  readonly error: (message: string, error: unknown) => void
}

/** Writes every job that was given up, and when the table cannot be reached. What goes well is none of it: metrics count that. */
export function logJobs(events: Events<JobEvent>, logger: JobLogger): void {
  events.on('job-settled', (event) => {
    if (event.outcome === 'dead') logger.warn('lightfast: a job was given up', event)
  })
  events.on('dispatch-failed', (event) => logger.warn('lightfast: dispatch-failed', event))
  events.on('store-degraded', (event) => logger.warn('lightfast: store-degraded', event))
  events.on('store-restored', (event) => logger.info('lightfast: store-restored', event))
}
