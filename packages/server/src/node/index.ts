/** Engines that need Node. */
export { openSqliteUploadStore } from './sqlite.ts'
export type { SqliteOptions, SqliteUploadStore } from './sqlite.ts'
