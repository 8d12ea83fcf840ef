import { inject, onTestFinished, test } from 'vitest'
import { expectScopeIsCheck } from '../test-support/expect-scope-is-check.ts'
import { fillStore } from '../testing/access-worlds.ts'
import { openPostgresStore } from './postgres-store.ts'

test('whatever the policy, PostgreSQL lists by its scope what its check allows', async () => {
  const schema = `test_${crypto.randomUUID().replaceAll('-', '')}`
  const store = await openPostgresStore({ connectionString: inject('postgresUrl'), schema })
  onTestFinished(store.close)
  await fillStore(store)
  await expectScopeIsCheck(store, { runs: 150 })
}, 60_000)
