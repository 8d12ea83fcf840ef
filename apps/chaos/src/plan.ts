/** What is to become of each upload, thrown before anything begins: from the seed and the number of the upload alone. */
import { createDice } from './dice.ts'
import type { Dice } from './dice.ts'
import { files } from './file-kinds.ts'
import type { FileKind } from './file-kinds.ts'

/** What a person does while the upload is under way. Times are from when the file was picked, in ms. */
export type Behaviour =
  | { readonly does: 'waits' }
  /** The page is gone in the middle; later it is opened again and goes on with the draft, perhaps several times. */
  | { readonly does: 'comes-back'; readonly leaves: readonly Leaving[] }
  /** A second tab goes on with the same draft, where the browser has no locks that would keep it out. */
  | { readonly does: 'two-tabs'; readonly afterMs: number }
  | { readonly does: 'goes-offline'; readonly afterMs: number; readonly forMs: number }
  | { readonly does: 'cancels'; readonly afterMs: number }
  /** The page is gone in the middle, for good. */
  | { readonly does: 'gives-up'; readonly afterMs: number }

export interface Leaving {
  readonly afterMs: number
  readonly awayMs: number
}

export interface UploadPlan {
  readonly index: number
  readonly seed: number
  /** Whose session it is. */
  readonly owner: number
  readonly arrivesMs: number
  readonly file: FileKind
  readonly sizeBytes: number
  readonly behaviour: Behaviour
}

export interface PlanOptions {
  readonly seed: number
  readonly uploads: number
  /** Within which time all files are picked. */
  readonly arriveWithinMs: number
}

const UPLOADS_OF_ONE = 4
const KB = 1024

/** Makes the plans of all uploads. */
export function planUploads(options: PlanOptions): readonly UploadPlan[] {
  return Array.from({ length: options.uploads }, (_, index) => planUpload(index, options))
}

function planUpload(index: number, { seed, uploads, arriveWithinMs }: PlanOptions): UploadPlan {
  const dice = createDice(seed, 'upload', index)
  return {
    index,
    seed,
    owner: dice.between(0, Math.ceil(uploads / UPLOADS_OF_ONE) - 1),
    arrivesMs: dice.between(0, arriveWithinMs),
    file: dice.pick(files),
    sizeBytes: dice.chance(0.02) ? dice.between(1000 * KB, 3000 * KB) : dice.between(KB, 30 * KB),
    behaviour: planBehaviour(dice),
  }
}

const MINUTE_MS = 60_000

function planBehaviour(dice: Dice): Behaviour {
  const does = dice.pick(behaviours)
  const afterMs = planMoment(dice)
  switch (does) {
    case 'waits':
      return { does }
    case 'comes-back':
      return { does, leaves: Array.from({ length: dice.between(1, 3) }, () => planLeaving(dice)) }
    case 'goes-offline':
      return { does, afterMs, forMs: dice.between(2000, 3 * MINUTE_MS) }
    case 'two-tabs':
    case 'cancels':
    case 'gives-up':
      return { does, afterMs }
    default:
      return does satisfies never
  }
}

const behaviours: readonly (readonly [Behaviour['does'], number])[] = [
  ['waits', 40],
  ['comes-back', 22],
  ['two-tabs', 10],
  ['goes-offline', 10],
  ['cancels', 8],
  ['gives-up', 10],
]

function planLeaving(dice: Dice): Leaving {
  const awayMs = dice.chance(0.7)
    ? dice.between(500, 60_000)
    : dice.between(MINUTE_MS, 10 * MINUTE_MS)
  return { afterMs: planMoment(dice), awayMs }
}

/** Mostly while the first bytes are under way, sometimes later. */
function planMoment(dice: Dice): number {
  return dice.chance(0.6) ? dice.between(0, 3000) : dice.between(0, 60_000)
}
