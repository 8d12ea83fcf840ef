import { missingSources } from './picture-state.ts'
import type { FreshSource, PictureEvent, StandingPicture } from './picture-state.ts'
import { renewalOf, waitBefore } from './picture-errand.ts'
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
  readonly image: HTMLImageElement | null
  readonly signal: AbortSignal
}

/** Does what a picture needs in the background, and yields what came of it. */
export function runErrand(
  { type }: PictureErrand,
  state: StandingPicture,
  tools: ErrandTools,
): Promise<PictureEvent> {
  if (type === 'recover') return recover(state, tools)
  return type === 'renew' ? renew(state, tools) : ask('failed', tools)
}

/** Whatever the app throws, there is no other source. */
async function ask(reason: RefreshReason, { refreshSrc }: ErrandTools): Promise<PictureEvent> {
  const asking = async (): Promise<FreshSource | null | undefined> => refreshSrc()?.(reason)
  const fresh = await asking().catch(() => null)
  return fresh ? { type: 'refreshed', fresh } : { type: 'missed' }
}

async function recover(state: StandingPicture, tools: ErrandTools): Promise<PictureEvent> {
  const { surroundings, refreshSrc, image, signal } = tools
  const { now, random, wait, probe } = surroundings
  const woken = await wait(waitBefore(state.tries, random()), signal)
  if (refreshSrc() && state.expiresAt !== null && state.expiresAt <= now()) {
    return ask(woken === 'return' ? 'returned' : 'failed', tools)
  }
  for (const src of missingSources(state)) {
    if (await probe(src, image)) return { type: 'recovered', src }
  }
  return { type: 'missed' }
}

async function renew(state: StandingPicture, tools: ErrandTools): Promise<PictureEvent> {
  const { now, wait } = tools.surroundings
  const at = renewalOf(state.expiresAt, state.tries)
  while (now() < at) {
    const woken = await wait(at - now(), tools.signal)
    if (at === Infinity && woken === 'return') break
  }
  return ask(now() < (state.expiresAt ?? 0) ? 'expiring' : 'returned', tools)
}
