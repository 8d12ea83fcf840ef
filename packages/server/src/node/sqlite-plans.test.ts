import { expect, test } from 'vitest'
import { beside, NOON, sampleAttempt, sampleJob, sampleRecord } from '../testing/store-samples.ts'
import { openByHand } from './test-support/open-by-hand.ts'

test('what happens to every upload reads no table from end to end', async () => {
  const { store, database, sent } = await openByHand(':memory:')
  const record = sampleRecord()
  const attempt = sampleAttempt(record.id, { cloudflareId: 'c' })
  const jobs = [sampleJob({ subject: 'a' })]
  const room = { totalBytes: 9, ownerBytes: 9 }
  const limits = { starts: 9, since: NOON, unfinished: 9 }
  const attempts = [{ add: attempt }]
  await store.records.create(record, { ...beside, attempts, jobs, room }, limits)
  await store.records.create(record, { ...beside, attempts, jobs }, limits)
  await store.records.find(record.id)
  await store.records.findMany([record.id])
  const won = { id: attempt.id, set: { outcome: 'won' }, while: ['open'] } as const
  const kept = { sizeBytes: 1, until: NOON }
  const change = { kept, beside: { ...beside, attempts: [won], jobs, room, unlessUsed: true } }
  await store.records.move(record, 'parked', change)
  await store.attempts.of(record.id)
  await store.attempts.find(attempt.id)
  await store.attempts.findByCloudflareId('c')
  const lease = { owner: 'one', until: NOON }
  const claimed = await store.jobs.claim({ lease, now: NOON, limit: 5 })
  await store.jobs.renew(['confirm:a'], lease)
  for (const job of claimed) {
    await store.jobs.settle({ ...job, revision: 9 }, 'one', { status: 'done' })
    await store.jobs.settle(job, 'one', { status: 'done' })
  }
  await store.jobs.nextAt()
  await store.jobs.list({ limit: 5, after: 'a' })
  const usage = { imageId: record.id, type: 't', thingId: 't', field: 'f', since: 1 }
  await store.usages.add(usage)
  await store.usages.remove(usage)
  await store.audit.of(record.id)
  await store.leases.take('a', 'one', 5)
  const after = { id: record.id, createdAt: NOON }
  for (const query of [{ ownerId: 'ada' }, { ownerId: 'ada', after }, { after }]) {
    await store.records.list({ limit: 5, ...query })
  }
  await store.records.list({ limit: 5, states: ['parked'], after })
  await store.records.list({ limit: 5, unusedBefore: 5 })
  const tenant = { tenant: 'lovelace', is: true } as const
  const owner = { owner: 'ada', is: true } as const
  await store.records.list({ limit: 5, after, scope: [[tenant, { ready: true }]] })
  await store.records.list({ limit: 5, after, scope: [[owner], [tenant, { ready: true }]] })
  await store.rights.epochs(['image:a', 'viewer:b'])
  await store.rights.raise('image:a')
  await store.rights.consume('id', 5)

  const plans = sent.map(({ sql, parameters }) => ({
    sql,
    steps: database
      .prepare(`explain query plan ${sql}`)
      .all(...parameters.map((value) => (typeof value === 'number' ? value : String(value))))
      .map(({ detail }) => String(detail)),
  }))
  expect(plans.length).toBeGreaterThan(40)
  const scan = /^SCAN (images|attempts|jobs|audit|usages|leases)(?! USING)/
  expect(plans.filter(({ steps }) => steps.some((step) => scan.test(step)))).toEqual([])
  const lists = plans.filter(({ sql }) => sql.includes('"tenant_id" = ?'))
  expect(lists).toHaveLength(2)
  for (const { steps } of lists) expect(steps.join()).toContain('images_tenant_created')
  // Of all kept bytes the sum is wanted, so their index is read: it holds only records that keep some.
  const walks = plans.flatMap(({ steps }) => steps).filter((step) => step.startsWith('SCAN'))
  expect(new Set(walks)).toEqual(
    new Set([
      'SCAN CONSTANT ROW',
      'SCAN images USING COVERING INDEX images_kept',
      'SCAN images USING INDEX images_created',
      // The pages of the clauses of a scope, once their indexes have given them.
      'SCAN page',
      // When the next job is due: the first entry, and no more.
      'SCAN jobs USING COVERING INDEX jobs_ready',
    ]),
  )
})
