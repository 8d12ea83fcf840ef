/** Engines that need Node. */
export { migrateSqlite, openSqliteStore } from './sqlite.ts'
export type { SqliteStore, SqliteStoreOptions } from './sqlite.ts'
export { openSqliteBreakerStore } from './sqlite-breaker-store.ts'
export type { SqliteBreakerStore, SqliteBreakerStoreOptions } from './sqlite-breaker-store.ts'
export { openFolderByteStore } from './folder-byte-store.ts'
export type { FolderByteStoreOptions } from './folder-byte-store.ts'
export { openFolderRenditionCache } from './folder-rendition-cache.ts'
export type { FolderRenditionCacheOptions } from './folder-rendition-cache.ts'
