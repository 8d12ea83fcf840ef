import { onTestFinished, test } from 'vitest'
import { expectScopeIsCheck } from '../test-support/expect-scope-is-check.ts'
import { fillStore } from '../testing/access-worlds.ts'
import { openSqliteStore } from './sqlite.ts'

test('whatever the policy, SQLite lists by its scope what its check allows', async () => {
  const store = await openSqliteStore({ path: ':memory:' })
  onTestFinished(store.close)
  await fillStore(store)
  await expectScopeIsCheck(store, { runs: 300 })
})
