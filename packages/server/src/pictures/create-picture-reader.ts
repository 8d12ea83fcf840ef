import type { Principal } from '../access/principal.ts'
import type { Rendition } from '../delivery/rendition-cache.ts'
import { defaultSurroundings } from '../surroundings.ts'
import type { Surroundings } from '../surroundings.ts'
import type { ImageRecord } from '../uploads/record.ts'
import { createPictureLoader } from './create-picture-loader.ts'
import type { Loaded } from './create-picture-loader.ts'
import { createPictureFinder } from './create-picture-finder.ts'
import type { PictureDoors, PlaceholderWanted, WantedPicture } from './create-picture-finder.ts'
import type { Picture, PictureReason } from './picture.ts'
import { readFigures } from './picture-figures.ts'
import type { PictureFigures } from './picture-figures.ts'
import { drawPlaceholder } from './placeholder.ts'
import { startBudget } from './time-budget.ts'
import type { TimeBudget } from './time-budget.ts'

export interface PictureReaderOptions
  extends PictureDoors, Partial<PictureFigures>, Partial<Pick<Surroundings, 'now' | 'schedule'>> {
  /** Told of work that goes on after an answer, which Workers would end otherwise. */
  readonly waitUntil?: (work: Promise<unknown>) => void
}

export interface PictureReader {
  /** Answers within the budget, and does not reject. */
  readonly read: (principal: Principal, wanted: WantedPicture) => Promise<Picture>
}

/** What one read works with. */
interface Reading {
  readonly principal: Principal
  readonly wanted: WantedPicture
  readonly budget: TimeBudget
  readonly askName: () => Promise<string | null>
}

/** One whose picture is not kept, or is too old to be shown at once. */
interface Missed extends Reading {
  readonly record: ImageRecord
  readonly kept: Rendition | undefined
}

/**
 * Shows the best that can be had within a budget: fresh, stale while a newer one is fetched, as it was last seen, or a placeholder.
 * What comes too late fills the cache. Whether it may be shown is decided anew on every read; undecided, it is not.
 */
export function createPictureReader(options: PictureReaderOptions): PictureReader {
  const { cache, waitUntil = ignore } = options
  const { now, schedule } = { ...defaultSurroundings, ...options }
  const { freshMs, staleMs, budgetMs, ...loading } = readFigures(options)
  const finder = createPictureFinder(options)
  const loader = createPictureLoader({ ...loading, cache, now, schedule, waitUntil })
  return { read }

  async function read(principal: Principal, wanted: WantedPicture): Promise<Picture> {
    const budget = startBudget(budgetMs, schedule)
    const askName = once(wanted.placeholder.name)
    // Finding and deciding may take it all: the name has to be there by then.
    const stop = schedule(() => void askName(), budgetMs / 2)
    try {
      const seen = await look({ principal, wanted, budget, askName })
      if (typeof seen === 'object') return seen
      return drawPicture(wanted.placeholder, (await budget.within(askName())) ?? null, seen)
    } finally {
      stop()
      budget.end()
    }
  }

  async function look(reading: Reading): Promise<Picture | PictureReason> {
    const { principal, wanted, budget } = reading
    const decided = await budget.within(finder.decide(principal, wanted))
    if (!decided) return 'undecided'
    if (decided.status === 'withheld') return decided.reason
    const { plan } = decided
    const kept = await budget.within(cache.get(plan.key))
    const ageMs = kept ? now() - kept.storedAt : Infinity
    if (kept && ageMs <= freshMs) return toPicture(kept, { tier: 'fresh', reason: null, now })
    const reason = loader.failure(plan.key) ?? 'revalidating'
    const loading = loader.load(plan)
    if (kept && ageMs <= staleMs) return toPicture(kept, { tier: 'stale', reason, now })
    return fetchOrFallBack(loading, { ...reading, record: decided.record, kept })
  }

  async function fetchOrFallBack(
    loading: Promise<Loaded>,
    { record, kept, principal, wanted, budget }: Missed,
  ): Promise<Picture | PictureReason> {
    // Both are looked for at once: when the first has turned out to be late, there is no time for the other.
    const before = kept ?? finder.findBefore(principal, wanted, record)
    const loaded = await budget.within(loading)
    if (loaded?.status === 'loaded') {
      return toPicture(loaded.rendition, { tier: 'fresh', reason: null, now })
    }
    const reason = loaded?.reason ?? 'timed-out'
    const last = await budget.within(Promise.resolve(before))
    return last ? toPicture(last, { tier: 'last-good', reason, now }) : reason
  }
}

interface Seen extends Pick<Picture, 'tier' | 'reason'> {
  readonly now: () => number
}

function toPicture(
  { bytes, contentType, storedAt }: Rendition,
  { tier, reason, now }: Seen,
): Picture {
  return { bytes, contentType, tier, ageMs: Math.max(0, now() - storedAt), reason }
}

/** Draws what stands in for a picture. */
export function drawPicture(
  { id, sign }: Pick<PlaceholderWanted, 'id' | 'sign'>,
  name: string | null,
  reason: PictureReason,
): Picture {
  const bytes = new TextEncoder().encode(drawPlaceholder({ id, name, sign }))
  return { bytes, contentType: 'image/svg+xml', tier: 'placeholder', ageMs: null, reason }
}

/** Asks at most once, and answers null if that fails. */
function once(ask: () => Promise<string | null>): () => Promise<string | null> {
  let asked: Promise<string | null> | undefined
  return () =>
    (asked ??= Promise.resolve()
      .then(ask)
      .catch(() => null))
}

function ignore(): void {}
