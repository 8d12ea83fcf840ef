import { expiryOf, missingSources } from './picture-state.ts'
import type { FreshSource, PictureEvent, StandingPicture } from './picture-state.ts'
import type { PictureErrand } from './picture-errand.ts'
import type { PictureSurroundings } from './picture-surroundings.ts'

/** Why another source is asked for: the one at hand is about to expire, could not be loaded, or expired while nobody looked. */
export type RefreshReason = 'expiring' | 'failed' | 'returned'

/** Asks the app for another URL of the same picture, such as a newly signed one; null where there is none. */
export type RefreshSource = (reason: RefreshReason) => Promise<FreshSource | null>

export interface ErrandTools {
  readonly surroundings: PictureSurroundings
  /** Read when it is needed: the app may hand in another one with each render. */
  readonly refreshSrc: () => RefreshSource | undefined
  /** The picture in the page. */
  readonly image: () => HTMLImageElement | null
  readonly send: (event: PictureEvent) => void
  readonly signal: AbortSignal
}

/** Does what a picture needs in the background, and tells what came of it. */
export async function runErrand(
  errand: PictureErrand,
  state: StandingPicture,
  tools: ErrandTools,
): Promise<void> {
  const found = await find(errand, state, tools)
  if (!tools.signal.aborted) tools.send(found)
}

function find(
  errand: PictureErrand,
  state: StandingPicture,
  tools: ErrandTools,
): Promise<PictureEvent> {
  switch (errand.type) {
    case 'recover':
      return recover(errand.waitMs, state, tools)
    case 'renew':
      return renew(errand.at, state, tools)
    default:
      return ask('failed', tools, 'refused')
  }
}

/** Whatever the app throws, there is no other source. */
async function ask(
  reason: RefreshReason,
  { refreshSrc }: ErrandTools,
  otherwise: 'refused' | 'missed',
): Promise<PictureEvent> {
  try {
    const fresh = await refreshSrc()?.(reason)
    return fresh ? { type: 'refreshed', fresh } : { type: otherwise }
  } catch {
    return { type: otherwise }
  }
}

async function recover(
  waitMs: (random: number) => number,
  state: StandingPicture,
  tools: ErrandTools,
): Promise<PictureEvent> {
  const { surroundings, refreshSrc, signal } = tools
  const { now, random, wait, probe } = surroundings
  const woken = await wait(waitMs(random()), signal)
  const expiresAt = expiryOf(state)
  if (refreshSrc() && expiresAt !== null && expiresAt <= now()) {
    return ask(woken === 'return' ? 'returned' : 'failed', tools, 'missed')
  }
  for (const src of missingSources(state)) {
    if (await probe(src, tools.image())) return { type: 'recovered', src }
  }
  return { type: 'missed' }
}

/** Waits until the time has come and somebody looks: a page in the background needs no fresh URL. */
async function renew(
  at: number,
  state: StandingPicture,
  tools: ErrandTools,
): Promise<PictureEvent> {
  const { now, wait, isWatched } = tools.surroundings
  let due = at
  while (now() < due) {
    const woken = await wait(due - now(), tools.signal)
    if (woken === 'return' && due === Infinity) break
    if (now() >= due && !isWatched()) due = Infinity
  }
  return ask(now() < (expiryOf(state) ?? 0) ? 'expiring' : 'returned', tools, 'refused')
}
