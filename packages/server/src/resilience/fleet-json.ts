import * as v from 'valibot'
import { initialFleetState } from './fleet.ts'
import type { FleetState } from './fleet.ts'

const number = v.pipe(v.number(), v.finite())

const waitSchema = v.object({
  since: number,
  waitMs: number,
  trips: number,
  reason: v.exactOptional(v.picklist(['consecutive', 'rate', 'slow', 'probe'])),
})

const common = {
  generation: number,
  witnesses: v.array(
    v.object({
      name: v.string(),
      seenAt: number,
      failedAt: v.exactOptional(number),
      slowAt: v.exactOptional(number),
    }),
  ),
}

const bucketSchema = v.object({ at: number, calls: number, failures: number, slow: number })

const stateSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.variant('status', [
    v.object({
      ...common,
      status: v.literal('closed'),
      consecutive: number,
      window: v.array(bucketSchema),
    }),
    v.object({ ...common, status: v.literal('open'), wait: waitSchema }),
    v.object({ ...common, status: v.literal('probing'), wait: waitSchema, owner: v.string() }),
  ]),
)

/**
 * Reads a state that was kept as JSON. What cannot be read, such as a state of another version, is as good as
 * nothing known: a fleet learns again within a window, and an error would last until somebody deleted it.
 */
export function parseFleetState(json: unknown): FleetState {
  const parsed = v.safeParse(stateSchema, json)
  return parsed.success ? parsed.output : initialFleetState
}
