/** Engines that live in Redis. They bring no client: hand in the one that the app has. */
export { createRedisBreakerStore } from './redis-breaker-store.ts'
export type { RedisBreakerStoreOptions } from './redis-breaker-store.ts'
export type { SendCommand } from './script.ts'
