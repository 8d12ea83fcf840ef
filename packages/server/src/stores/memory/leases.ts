import type { LeaseStore } from '../../uploads/store.ts'
import type { Tables } from './tables.ts'

/** Makes the part that gives leases. */
export function createLeases({ leases }: Tables, now: () => number): LeaseStore {
  return {
    async take(key, owner, ms) {
      const held = leases.get(key)
      const at = now()
      if (held && held.owner !== owner && held.until > at) return held.until - at
      leases.set(key, { owner, until: at + ms })
      return undefined
    },
    async giveBack(key, owner) {
      if (leases.get(key)?.owner === owner) leases.delete(key)
    },
  }
}
