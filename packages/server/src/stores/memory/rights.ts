import type { RightsStore } from '../../uploads/store.ts'
import type { Tables } from './tables.ts'

/** Makes the part that takes rights back. */
export function createRights({ epochs, consumed }: Tables, now: () => number): RightsStore {
  return {
    epochs: async (subjects) => subjects.map((subject) => epochs.get(subject) ?? 0),
    async raise(subject) {
      const epoch = (epochs.get(subject) ?? 0) + 1
      epochs.set(subject, epoch)
      return epoch
    },
    async consume(id, until) {
      for (const [old, over] of consumed) if (over < now()) consumed.delete(old)
      if (consumed.has(id)) return 'again'
      consumed.set(id, until)
      return 'first'
    },
  }
}
