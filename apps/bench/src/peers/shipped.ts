/** What the bench needs of the SDK beyond its public entry, in one place. */
export { createEventBus } from '../../../../packages/server/src/events.ts'
export { readClientConfig } from '../../../../packages/server/src/client/client-config.ts'
export type { ClientFigures } from '../../../../packages/server/src/client/client-config.ts'
export { defaultSurroundings } from '../../../../packages/server/src/surroundings.ts'
