import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import type { AccountStore } from '../account.ts'

/** Creates a store of the account's variants, keys and settings in one file of a folder, which is made if it is missing. */
export function createDiskAccount(folder: string): AccountStore {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'account.json')
  return {
    load() {
      const json = readIfThere(path)
      return json === undefined ? undefined : v.parse(stateSchema, JSON.parse(json))
    },
    save(state) {
      // The file is either the old one or the new one, and never half of it.
      writeFileSync(`${path}.part`, JSON.stringify(state, null, 2), { mode: 0o600 })
      renameSync(`${path}.part`, path)
    },
  }
}

const variantSchema = v.object({
  id: v.string(),
  options: v.object({
    fit: v.picklist(['scale-down', 'contain', 'cover', 'crop', 'pad']),
    width: v.number(),
    height: v.number(),
    metadata: v.picklist(['keep', 'copyright', 'none']),
    browser_ttl: v.exactOptional(v.number()),
  }),
  neverRequireSignedURLs: v.exactOptional(v.boolean()),
})

const stateSchema = v.object({
  variants: v.array(variantSchema),
  signingKeys: v.array(v.object({ name: v.string(), value: v.string() })),
  flexibleVariants: v.boolean(),
  browserTtlSeconds: v.nullable(v.number()),
})

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
