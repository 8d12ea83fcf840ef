import { expect, test } from 'vitest'
import * as main from './index.ts'
import * as node from './node/index.ts'

test('the main entry exports these names', () => {
  expect(Object.keys(main).toSorted()).toMatchInlineSnapshot(`
    [
      "InvalidFaultsError",
      "createEmulator",
      "localAccount",
      "parseFaults",
      "scenarios",
    ]
  `)
})

test('the Node entry exports these names', () => {
  expect(Object.keys(node).toSorted()).toMatchInlineSnapshot(`
    [
      "createDiskAccount",
      "createDiskStore",
      "createNodeEmulator",
      "createRequestListener",
      "createSharpPixels",
      "serve",
    ]
  `)
})
