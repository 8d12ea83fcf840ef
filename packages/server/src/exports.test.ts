import { expect, test } from 'vitest'
import * as hono from './hono/index.ts'
import * as main from './index.ts'
import * as node from './node/index.ts'

test('the public surface widens only on purpose', () => {
  const names = [main, hono, node].map((entry) => Object.keys(entry).toSorted())
  expect(names).toEqual([
    ['createImagesClient', 'createUploads', 'importSigningKey', 'signUrl'],
    ['createImagesRoutes'],
    ['openSqliteUploadStore'],
  ])
})
