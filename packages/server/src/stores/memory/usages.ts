import type { Usage, UsageStore } from '../../uploads/store.ts'
import { refuseMissing } from '../next-record.ts'
import type { Tables } from './tables.ts'

/** Makes the part that keeps usages. */
export function createUsages(tables: Tables, now: () => number): UsageStore {
  const { records, usages } = tables
  const of = (imageId: string) => usages.get(imageId) ?? []
  return {
    async add(usage) {
      const record = records.get(usage.imageId)
      if (!record || record.state === 'deleted') refuseMissing()
      if (of(usage.imageId).some((one) => isSame(one, usage))) return
      usages.set(usage.imageId, [...of(usage.imageId), usage].toSorted(oldestFirst))
      records.set(record.id, { ...record, unusedSince: null })
    },
    async remove(usage) {
      const before = of(usage.imageId)
      const after = before.filter((one) => !isSame(one, usage))
      if (after.length === before.length) return
      usages.set(usage.imageId, after)
      const record = records.get(usage.imageId)
      if (record && after.length === 0) records.set(record.id, { ...record, unusedSince: now() })
    },
    of: async (imageId) => of(imageId),
  }
}

function isSame(one: Omit<Usage, 'since'>, other: Omit<Usage, 'since'>): boolean {
  return one.type === other.type && one.thingId === other.thingId && one.field === other.field
}

function oldestFirst(one: Usage, other: Usage): number {
  return (
    one.since - other.since ||
    compare(one.type, other.type) ||
    compare(one.thingId, other.thingId) ||
    compare(one.field, other.field)
  )
}

function compare(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
