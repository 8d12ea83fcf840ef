import { Pool } from 'pg'
import { afterAll, describe, inject } from 'vitest'
import { describeAccessMatrix } from '../test-support/describe-access-matrix.ts'
import { openPostgresStore } from './postgres-store.ts'

const schema = `matrix_${crypto.randomUUID().replaceAll('-', '')}`
const pool = new Pool({ connectionString: inject('postgresUrl') })
let clock = () => Date.now()
const store = await openPostgresStore({ pool, schema, now: () => clock() })

afterAll(() => pool.end())

describe('on Postgres', () => {
  describeAccessMatrix(async (now) => {
    clock = now
    const tables = ['images', 'attempts', 'jobs', 'audit', 'epochs', 'consumed']
    await pool.query(`truncate ${tables.map((table) => `${schema}.${table}`).join()} cascade`)
    return store
  })
})
