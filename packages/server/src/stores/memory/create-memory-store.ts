import type { Surroundings } from '../../surroundings.ts'
import type { ImagesStore } from '../../uploads/store.ts'
import { createAttempts } from './attempts.ts'
import { createJobs } from './jobs.ts'
import { createLeases } from './leases.ts'
import { createRecords } from './records.ts'
import { createTables } from './tables.ts'
import { createRights } from './rights.ts'
import { createUsages } from './usages.ts'

/**
 * Makes a store for tests and for trying things out. It is the reference for all others, and what it holds is gone with
 * the process.
 */
export function createMemoryStore({ now }: Pick<Surroundings, 'now'>): ImagesStore {
  const tables = createTables()
  return {
    records: createRecords(tables, now),
    attempts: createAttempts(tables, now),
    jobs: createJobs(tables, now),
    audit: { of: async (imageId) => [...(tables.audit.get(imageId) ?? [])] },
    usages: createUsages(tables, now),
    leases: createLeases(tables, now),
    rights: createRights(tables, now),
  }
}
