import { describe, onTestFinished } from 'vitest'
import { describeAccessMatrix } from '../test-support/describe-access-matrix.ts'
import { openSqliteStore } from './sqlite.ts'

describe('on SQLite', () => {
  describeAccessMatrix(async (now) => {
    const store = await openSqliteStore({ path: ':memory:', now })
    onTestFinished(store.close)
    return store
  })
})
