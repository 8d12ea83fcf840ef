/** What every `ImagesStore` promises, as tests. Each test gets a fresh store and a clock that it moves by hand. */
import { describe } from 'vitest'
import { describeAttempts } from './describe-store-attempts.ts'
import { describeJobs } from './describe-store-jobs.ts'
import { describeLeases } from './describe-store-leases.ts'
import { describeLimits } from './describe-store-limits.ts'
import { describeRecords } from './describe-store-records.ts'
import { describeRights } from './describe-store-rights.ts'
import { describeScope } from './describe-store-scope.ts'
import { describeUsages } from './describe-store-usages.ts'
import type { OpenImagesStore } from './store-samples.ts'

export type { OpenImagesStore } from './store-samples.ts'

export function describeImagesStore(name: string, openStore: OpenImagesStore): void {
  describe(name, () => {
    describe('records', () => describeRecords(openStore))
    describe('limits', () => describeLimits(openStore))
    describe('attempts', () => describeAttempts(openStore))
    describe('jobs', () => describeJobs(openStore))
    describe('usages', () => describeUsages(openStore))
    describe('leases', () => describeLeases(openStore))
    describe('scope', () => describeScope(openStore))
    describe('rights', () => describeRights(openStore))
  })
}
