import { refused } from '../codes.ts'
import { RefusedError } from '../refusal.ts'
import type { Emulation } from '../emulation.ts'
import type { StoredImage } from '../store.ts'

/** An image that still waits for its file. */
export type Draft = Extract<StoredImage, { status: 'draft' }>

/** Sees to it that a one-time URL takes one file. */
export interface Slots {
  /**
   * Runs `fill` with the draft of this path while nobody else can use it. A file that is refused at once
   * leaves the slot free; whether production does so is not known.
   */
  readonly use: (path: string, fill: (draft: Draft) => Promise<Filled>) => Promise<StoredImage>
}

/** What the uploader is told of a slot, and what is kept of it. */
export interface Filled {
  readonly answered: StoredImage
  readonly kept: StoredImage
}

/** Creates the guard of all one-time URLs. */
export function createSlots(emulation: Emulation): Slots {
  const inUse = new Set<string>()
  return {
    async use(path, fill) {
      const draft = await findDraft(path, emulation)
      if (inUse.has(draft.facts.id)) throw new RefusedError(emulation.config.settings.usedSlot)
      inUse.add(draft.facts.id)
      try {
        const { answered, kept } = await fill(draft)
        await emulation.store.put(kept)
        return answered
      } finally {
        inUse.delete(draft.facts.id)
      }
    },
  }
}

async function findDraft(path: string, { store, config }: Emulation): Promise<Draft> {
  const { settings, now } = config
  const id = parseId(path, config.accountHash)
  const image = id === undefined ? undefined : await store.get(id)
  if (!image) throw refused(5404, settings)
  if (image.status !== 'draft') throw new RefusedError(settings.usedSlot)
  if (now() >= image.expiresAt) throw new RefusedError(settings.expiredSlot)
  return image
}

/** Resolves to `undefined` for another account's path; an id arrives percent-encoded. */
function parseId(path: string, accountHash: string): string | undefined {
  const prefix = `/${accountHash}/`
  if (!path.startsWith(prefix)) return undefined
  try {
    return decodeURIComponent(path.slice(prefix.length))
  } catch {
    return undefined
  }
}
