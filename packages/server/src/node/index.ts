/** Engines that need Node. */
export { openSqliteUploadStore } from './sqlite.ts'
export type { SqliteOptions, SqliteUploadStore } from './sqlite.ts'
export { openSqliteBreakerStore } from './sqlite-breaker-store.ts'
export type { SqliteBreakerStore, SqliteBreakerStoreOptions } from './sqlite-breaker-store.ts'
