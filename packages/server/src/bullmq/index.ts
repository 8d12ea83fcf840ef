/** Carries jobs between machines by BullMQ. The job table stays the truth. */
export { createBullDispatcher } from './bull-dispatcher.ts'
export type { BullDispatcher, BullDispatcherOptions } from './bull-dispatcher.ts'
