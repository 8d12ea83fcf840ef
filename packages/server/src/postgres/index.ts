/** The store on PostgreSQL. Install `pg` beside it. */
export { migratePostgres, openPostgresStore } from './postgres-store.ts'
export type { PostgresAccess, PostgresStore, PostgresStoreOptions } from './postgres-store.ts'
