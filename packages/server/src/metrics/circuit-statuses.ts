import type { CircuitStatus } from '../events.ts'

/** Every status a circuit can have: one that is left goes to 0, and is not forgotten. */
export const circuitStatuses: readonly string[] = Object.keys({
  closed: true,
  open: true,
  probing: true,
  isolated: true,
  disabled: true,
} satisfies Record<CircuitStatus, true>)
