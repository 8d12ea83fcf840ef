import { missingSources } from './picture-state.ts'
import type { Found, PictureState } from './picture-state.ts'
import { renewalOf, waitBefore } from './picture-errand.ts'
import type { PictureErrand } from './picture-errand.ts'
import type { PictureSurroundings } from './picture-surroundings.ts'
import type { RefreshReason, RefreshSource } from './refresh-source.ts'

export interface ErrandTools extends PictureSurroundings {
  /** Read when it is needed: the app may hand in another one with each render. */
  readonly refreshSrc: () => RefreshSource | undefined
  readonly signal: AbortSignal
}

/** Does what a picture needs in the background, and yields what came of it; null if nothing did. */
export function runErrand(
  { type }: PictureErrand,
  state: PictureState,
  tools: ErrandTools,
): Promise<Found | null> {
  if (type === 'recover') return recover(state, tools)
  return type === 'renew' ? renew(state, tools) : ask('failed', state, tools)
}

/** Whatever the app throws, there is no other source. */
async function ask(
  reason: RefreshReason,
  { sources }: PictureState,
  { refreshSrc }: ErrandTools,
): Promise<Found | null> {
  try {
    const fresh = await refreshSrc()?.(reason)
    return fresh
      ? { index: 0, sources: sources.with(0, fresh.src), expiresAt: fresh.expiresAt ?? null }
      : null
  } catch {
    return null
  }
}

async function recover(state: PictureState, tools: ErrandTools): Promise<Found | null> {
  const { now, random, wait, probe, signal } = tools
  const woken = await wait(waitBefore(state.tries, random()), signal)
  if (tools.refreshSrc() && state.expiresAt !== null && state.expiresAt <= now()) {
    return ask(woken === 'return' ? 'returned' : 'failed', state, tools)
  }
  for (const [index, src] of missingSources(state).entries()) {
    if (await probe(src)) return { index }
  }
  return null
}

async function renew(state: PictureState, tools: ErrandTools): Promise<Found | null> {
  const { now, random, wait, signal } = tools
  const at = renewalOf(state, random())
  while (now() < at) {
    const woken = await wait(at - now(), signal)
    if (at === Infinity && woken === 'return') break
  }
  return ask(now() < (state.expiresAt ?? 0) ? 'expiring' : 'returned', state, tools)
}
