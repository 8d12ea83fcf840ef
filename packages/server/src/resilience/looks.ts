import type { Surroundings } from '../surroundings.ts'

export interface LooksOptions {
  /** How old a look may be, give or take a fifth so that a fleet does not look in step. */
  readonly refreshMs: number
  readonly surroundings: Pick<Surroundings, 'monotonic' | 'random'>
}

export interface Looks {
  /** Looks, for all who have to wait for the first look; undefined once that is over. */
  readonly first: () => Promise<boolean> | undefined
  /** Looks without anybody waiting, never twice at once. */
  readonly refresh: () => void
  readonly isDue: () => boolean
}

/** Decides when to look at the store again. `take` looks, and answers whether it has to be done once more. */
export function createLooks(
  take: () => Promise<boolean>,
  { refreshMs, surroundings }: LooksOptions,
): Looks {
  const { monotonic, random } = surroundings
  let dueAt = -Infinity
  let looked = false
  let busy = false
  let looking: Promise<boolean> | undefined
  return {
    first: () => (looked ? undefined : (looking ??= look())),
    refresh,
    isDue: () => monotonic() >= dueAt,
  }

  async function look(): Promise<boolean> {
    dueAt = monotonic() + refreshMs * (0.8 + 0.4 * random())
    const more = await take()
    looked = true
    return more
  }

  function refresh(): void {
    if (busy) return
    busy = true
    void look().then(finish)
  }

  function finish(more: boolean): void {
    busy = false
    if (more) refresh()
  }
}
