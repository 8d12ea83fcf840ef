/** What a client tells, for OpenTelemetry. The only entry that imports `@opentelemetry/api`. */
export { instrumentClient } from './instrument-client.ts'
export type { InstrumentOptions } from './instrument-client.ts'
