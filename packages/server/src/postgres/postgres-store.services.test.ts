import { Pool } from 'pg'
import { afterAll, expect, inject, test } from 'vitest'
import { describeImagesModel } from '../testing/describe-images-model.ts'
import { describeImagesStore } from '../testing/describe-images-store.ts'
import { ada, openUploads } from '../test-support/open-uploads.ts'
import { beside, sampleRecord } from '../testing/store-samples.ts'
import { migratePostgres, openPostgresStore } from './postgres-store.ts'

const connectionString = inject('postgresUrl')
const pool = new Pool({ connectionString, max: 12 })
const nextSchema = () => `test_${crypto.randomUUID().replaceAll('-', '')}`

afterAll(() => pool.end())

const schema = nextSchema()
let clock = () => Date.now()
const store = await openPostgresStore({ pool, schema, now: () => clock() })
const tables = ['images', 'attempts', 'jobs', 'audit', 'usages', 'leases', 'epochs', 'consumed']

/** Making tables takes a while, so the tests empty the same ones. */
async function open(now: () => number) {
  clock = now
  await pool.query(`truncate ${tables.map((table) => `${schema}.${table}`).join()}`)
  return store
}

describeImagesStore('Postgres', open)
describeImagesModel('Postgres', open, { runs: 50 })

test('a pool of its own is closed with the store, one that was handed in stays open', async () => {
  const schema = nextSchema()
  const own = await openPostgresStore({ connectionString, schema })
  const handed = await openPostgresStore({ pool, schema })
  const { record } = await own.records.create(sampleRecord(), beside)
  await own.close()
  await own.close()
  await expect(own.records.find(record.id)).rejects.toMatchObject({ code: 'store_unavailable' })
  expect(await handed.records.find(record.id)).toEqual(record)
  await handed.close()
  expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
})

test('many processes that start at once bring the tables up to date once', async () => {
  const schema = nextSchema()
  const ran = await Promise.all(
    Array.from({ length: 8 }, () => migratePostgres({ connectionString, schema })),
  )
  expect(ran.filter((names) => names.length > 0)).toEqual([
    ['0001_images_and_attempts', '0002_upload_ladder', '0003_access'],
  ])
})

test('a store whose tables are left to the command refuses to open until it has run', async () => {
  const options = { pool, schema: nextSchema(), migrate: 'by-command' } as const
  await expect(openPostgresStore(options)).rejects.toThrow(
    'The database lacks 0001_images_and_attempts, 0002_upload_ladder, 0003_access. Run "lightfast migrate" first',
  )
  await migratePostgres(options)
  const store = await openPostgresStore(options)
  expect(await store.records.list({ limit: 1 })).toEqual([])
  await store.close()
})

test('works without named statements', async () => {
  const store = await openPostgresStore({ pool, schema: nextSchema(), statements: 'unnamed' })
  const record = sampleRecord()
  await store.records.create(record, beside)
  expect(await store.records.find(record.id)).toEqual(record)
  await store.close()
})

test('a server that is not there is a failure of the table, with its cause', async () => {
  const nowhere = 'postgres://test@127.0.0.1:1/postgres'
  await expect(openPostgresStore({ connectionString: nowhere })).rejects.toMatchObject({
    code: 'store_unavailable',
    cause: { code: 'ECONNREFUSED' },
  })
})

test('an id that no record can have is of none, and no fault of the database', async () => {
  const store = await openPostgresStore({ pool, schema: nextSchema() })
  const app = await openUploads({ store })
  await expect(app.uploads.status(ada, 'a\0b')).rejects.toMatchObject({ code: 'not_found' })
  const data = { id: 'a\0b' }
  expect(await app.uploads.hearWebhook({ text: 'x', data })).toBe('unknown')
  await store.close()
})
