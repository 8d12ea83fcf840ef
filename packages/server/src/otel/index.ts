/** What a client, uploads and jobs tell, for OpenTelemetry. The only entry that imports `@opentelemetry/api`. */
export { instrumentClient } from './instrument-client.ts'
export type { InstrumentOptions } from './instrument-client.ts'
export { instrumentUploads } from './instrument-uploads.ts'
export type { InstrumentUploadsOptions } from './instrument-uploads.ts'
