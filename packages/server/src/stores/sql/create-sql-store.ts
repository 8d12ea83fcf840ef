import type { Surroundings } from '../../surroundings.ts'
import type { ImagesStore } from '../../uploads/store.ts'
import { createAttempts } from './attempts.ts'
import { createAudit } from './audit.ts'
import type { SqlEngine } from './engine.ts'
import { createJobs } from './jobs.ts'
import { createLeases } from './leases.ts'
import { createRecords } from './records.ts'
import { createRights } from './rights.ts'
import { createUsages } from './usages.ts'

/** Makes a store on any SQL engine that kysely speaks. Run the migrations first. */
export function createSqlStore(engine: SqlEngine, { now }: Pick<Surroundings, 'now'>): ImagesStore {
  return {
    records: createRecords(engine, now),
    attempts: createAttempts(engine, now),
    jobs: createJobs(engine, now),
    audit: createAudit(engine),
    usages: createUsages(engine, now),
    leases: createLeases(engine, now),
    rights: createRights(engine, now),
  }
}
