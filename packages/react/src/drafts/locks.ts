/** Locks that all tabs of this origin see. They end with their page at the latest. */
import type { LetGo } from './draft-store.ts'

/** Locks an upload id, which as a UUID is its own name everywhere. Null where somebody else has locked it. */
export function lock(uploadId: string): Promise<LetGo | null> {
  const locks = findLocks()
  if (locks === undefined) return Promise.resolve(nothing)
  return new Promise((resolve) => {
    const over = locks
      .request(uploadId, { ifAvailable: true }, (granted) => {
        if (granted === null) return resolve(null)
        return new Promise<void>((free) => {
          resolve(() => {
            free()
            return over
          })
        })
      })
      .catch(() => resolve(nothing))
  })
}

/** Lists what is locked, here or in another tab. */
export async function listLocks(): Promise<ReadonlySet<string | undefined>> {
  const { held } = (await findLocks()?.query()) ?? {}
  return new Set(held?.map(({ name }) => name))
}

/** Absent from a page served over plain http from a LAN address. */
const findLocks = (): LockManager | undefined => globalThis.navigator?.locks

/** Where there are no locks, or the browser forbids them, nobody can be kept out. */
const nothing: LetGo = () => Promise.resolve()
