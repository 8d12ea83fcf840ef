import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, onTestFinished } from 'vitest'
import { describeImagesModel } from '../testing/describe-images-model.ts'
import { describeImagesStore } from '../testing/describe-images-store.ts'
import { openSqliteStore } from './sqlite.ts'

const folder = mkdtempSync(join(tmpdir(), 'lightfast-sqlite-'))
let count = 0
const nextPath = () => join(folder, `${(count += 1)}.db`)

afterAll(() => rmSync(folder, { recursive: true }))

async function open(path: string, now: () => number) {
  const store = await openSqliteStore({ path, now })
  onTestFinished(store.close)
  return store
}

describeImagesStore('SQLite in memory', (now) => open(':memory:', now))
describeImagesStore('SQLite in a file', (now) => open(nextPath(), now))
describeImagesModel('SQLite in memory', (now) => openSqliteStore({ path: ':memory:', now }), {
  runs: 100,
})
