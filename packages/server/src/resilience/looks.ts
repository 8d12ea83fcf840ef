import type { Surroundings } from '../surroundings.ts'

export interface LooksOptions {
  /** How old a look may be, give or take a fifth so that a fleet does not look in step. */
  readonly refreshMs: number
  readonly surroundings: Pick<Surroundings, 'monotonic' | 'random' | 'randomId'>
}

export interface Looks {
  /** Looks, for whoever has to wait for it. */
  readonly look: () => Promise<boolean>
  /** Looks without anybody waiting, never twice at once. */
  readonly refresh: () => void
  readonly isDue: () => boolean
  readonly hasLooked: () => boolean
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
  return { look, refresh, isDue: () => monotonic() >= dueAt, hasLooked: () => looked }

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
