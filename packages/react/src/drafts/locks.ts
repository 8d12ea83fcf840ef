/** Locks that all tabs of this origin see. They end with their page at the latest. */

/** Locks an upload id, which as a UUID is its own name everywhere. Returns the way to let go. */
export function lock(uploadId: string): () => void {
  const held = new AbortController()
  const { signal } = held
  const untilLetGo = (): Promise<void> =>
    new Promise((resolve) => signal.addEventListener('abort', () => resolve()))
  findLocks()
    ?.request(uploadId, { signal }, untilLetGo)
    .catch(() => undefined)
  return () => held.abort()
}

/** Lists what is locked, here or in another tab. */
export async function listLocks(): Promise<ReadonlySet<string | undefined>> {
  const { held } = (await findLocks()?.query()) ?? {}
  return new Set(held?.map(({ name }) => name))
}

/** Absent from a page served over plain http from a LAN address. */
const findLocks = (): LockManager | undefined => globalThis.navigator?.locks
