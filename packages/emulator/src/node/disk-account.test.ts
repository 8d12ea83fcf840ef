import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { publicVariant } from '../variant.ts'
import { createDiskAccount } from './disk-account.ts'

const folder = mkdtempSync(join(tmpdir(), 'lightfast-account-'))

afterAll(() => rmSync(folder, { recursive: true }))

test('finds again what was saved, in a folder that it made', () => {
  const path = join(folder, 'deeper')
  const state = {
    variants: [publicVariant],
    signingKeys: [{ name: 'default', value: 'secret' }],
    flexibleVariants: true,
    browserTtlSeconds: null,
  }
  expect(createDiskAccount(path).load()).toBeUndefined()
  createDiskAccount(path).save(state)
  expect(createDiskAccount(path).load()).toEqual(state)
})
