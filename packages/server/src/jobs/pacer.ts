import type { Resilience } from '../resilience/create-resilience.ts'
import type { Surroundings } from '../surroundings.ts'
import { changePace, createPace, toDoors, toRestMs, toWidth } from './pace.ts'
import type { PaceConfig } from './pace.ts'

/** How many jobs may call Cloudflare side by side now, and how long none may. */
export interface Places {
  readonly width: number
  readonly restMs: number
}

export interface Pacer {
  /** Looks at the client, and answers what may be done now. */
  readonly look: () => Places
  /** Tells what became of a job that called Cloudflare. */
  readonly note: (what: 'succeeded' | 'parked') => void
}

/** Keeps the pace of one runner: thin around the pure machine. */
export function createPacer(
  client: Pick<Resilience, 'status'>,
  { monotonic }: Pick<Surroundings, 'monotonic'>,
  config: PaceConfig,
): Pacer {
  let pace = createPace(config)
  return {
    look() {
      const doors = toDoors(client.status())
      const now = monotonic()
      pace = changePace(pace, { type: 'looked', doors }, config)
      return { width: toWidth(pace, doors, now), restMs: toRestMs(pace, doors, now) }
    },
    note(what) {
      const event = what === 'parked' ? { type: what, now: monotonic() } : { type: what }
      pace = changePace(pace, event, config)
    },
  }
}
