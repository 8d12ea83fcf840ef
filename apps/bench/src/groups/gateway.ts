import type { Contest } from './compare.ts'

/** At least 0.9 of the pictures, and 0.8 of them, told as what one of them may cost. */
const [DRAWN_GOAL, CACHED_GOAL] = [1 / 0.9, 1 / 0.8]

/** What it costs to answer a picture with a mark on it, drawn afresh or out of the cache. */
export const gateway: readonly Contest[] = [
  {
    group: 'gateway',
    ours: { what: 'ours: a view, drawn afresh', peer: 'our-gateway', name: 'drawn' },
    rivals: [
      {
        what: 'sharp alone: the same picture, its mark made before',
        peer: 'bare-sharp',
        name: 'drawn',
        goal: DRAWN_GOAL,
      },
    ],
  },
  {
    group: 'gateway',
    ours: { what: 'ours: a view, out of the cache', peer: 'our-gateway', name: 'cached' },
    rivals: [
      {
        what: 'hono: the same bytes, out of the memory',
        peer: 'bare-hono',
        name: 'cached',
        goal: CACHED_GOAL,
      },
    ],
  },
]
