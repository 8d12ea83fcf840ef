/** What the bench needs of the SDK beyond its public entry, in one place. */
export { createEventBus } from '../../../../packages/server/src/events.ts'
export { readClientConfig } from '../../../../packages/server/src/client/client-config.ts'
export type { ClientFigures } from '../../../../packages/server/src/client/client-config.ts'
export { attempt } from '../../../../packages/server/src/resilience/attempt.ts'
export { breaker } from '../../../../packages/server/src/resilience/breaker-guard.ts'
export { createBudget } from '../../../../packages/server/src/resilience/budget.ts'
export { createCircuits } from '../../../../packages/server/src/resilience/circuits.ts'
export { createResilience } from '../../../../packages/server/src/resilience/create-resilience.ts'
export type {
  Attempt,
  Call,
  Layer,
  Reply,
  Send,
  SendAttempt,
} from '../../../../packages/server/src/resilience/layer.ts'
export { retry } from '../../../../packages/server/src/resilience/retry.ts'
export { defaultSurroundings } from '../../../../packages/server/src/surroundings.ts'
export { turnAway } from '../../../../packages/server/src/resilience/turn-away.ts'
