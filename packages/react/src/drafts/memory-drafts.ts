import { DEFAULT_DRAFT_AGE_MS } from './draft-store.ts'
import type { Draft, DraftStore } from './draft-store.ts'

export interface MemoryDraftsOptions {
  readonly maxAgeMs?: number
  readonly now?: () => number
}

/** Makes a store that lives as long as the page, and says so: `save` answers `unavailable`. */
export function createMemoryDrafts(options: MemoryDraftsOptions = {}): DraftStore {
  const { maxAgeMs = DEFAULT_DRAFT_AGE_MS, now = () => Date.now() } = options
  const drafts = new Map<string, Draft>()
  const held = new Set<string>()

  return {
    async save(draft) {
      drafts.set(draft.uploadId, draft)
      return 'unavailable'
    },
    async list() {
      for (const draft of drafts.values()) {
        if (now() - draft.pickedAt > maxAgeMs) drafts.delete(draft.uploadId)
      }
      const free = [...drafts.values()].filter(({ uploadId }) => !held.has(uploadId))
      return free.toSorted((a, b) => a.pickedAt - b.pickedAt)
    },
    async remove(uploadId) {
      drafts.delete(uploadId)
    },
    async hold(uploadId) {
      if (held.has(uploadId)) return null
      held.add(uploadId)
      return async () => void held.delete(uploadId)
    },
  }
}
