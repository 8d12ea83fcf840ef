import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import type { ImageStore, StoredImage } from '../store.ts'

/**
 * Creates a store that outlives the process: two files per image in a folder of its own, which is made if
 * it is missing. For one process at a time.
 */
export function createDiskStore(folder: string): ImageStore {
  mkdirSync(folder, { recursive: true })
  const pathOf = (id: string, kind: 'json' | 'bytes'): string =>
    join(folder, `${createHash('sha256').update(id).digest('hex')}.${kind}`)

  return {
    async put(image) {
      const { id } = image.facts
      // The bytes first: whoever finds the facts finds the bytes too.
      if (image.status === 'stored') await replace(pathOf(id, 'bytes'), image.file.bytes)
      await replace(pathOf(id, 'json'), JSON.stringify(withoutBytes(image)))
    },
    async get(id) {
      const json = await readIfThere(pathOf(id, 'json'))
      return json && parse(json, () => readFile(pathOf(id, 'bytes')))
    },
    async list() {
      const names = (await readdir(folder)).filter((name) => name.endsWith('.json'))
      const images = await Promise.all(names.map((name) => read(folder, name)))
      return images.toSorted((a, b) => a.facts.createdAt - b.facts.createdAt)
    },
    async delete(id) {
      await rm(pathOf(id, 'json'), { force: true })
      await rm(pathOf(id, 'bytes'), { force: true })
    },
  }
}

const factsSchema = v.object({
  id: v.string(),
  createdAt: v.number(),
  meta: v.record(v.string(), v.unknown()),
  creator: v.nullable(v.string()),
  requireSignedURLs: v.boolean(),
})

const fileSchema = v.object({
  type: v.picklist(['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/svg+xml']),
  filename: v.string(),
  picture: v.exactOptional(v.object({ width: v.number(), height: v.number(), frames: v.number() })),
})

const imageSchema = v.variant('status', [
  v.object({ status: v.literal('draft'), facts: factsSchema, expiresAt: v.number() }),
  v.object({ status: v.literal('stored'), facts: factsSchema, file: fileSchema }),
  v.object({
    status: v.literal('refused'),
    facts: factsSchema,
    shownAs: v.picklist(['draft', 'missing', 'refused']),
    code: v.number(),
    message: v.string(),
  }),
])

async function parse(json: Buffer, readBytes: () => Promise<Buffer>): Promise<StoredImage> {
  const image = v.parse(imageSchema, JSON.parse(json.toString()))
  if (image.status !== 'stored') return image
  return { ...image, file: { ...image.file, bytes: new Uint8Array(await readBytes()) } }
}

async function read(folder: string, name: string): Promise<StoredImage> {
  const bytesPath = join(folder, name.replace(/json$/, 'bytes'))
  return parse(await readFile(join(folder, name)), () => readFile(bytesPath))
}

function withoutBytes(image: StoredImage): object {
  if (image.status !== 'stored') return image
  const { bytes: _, ...file } = image.file
  return { ...image, file }
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** A file is either the old one or the new one, and never half of it. */
async function replace(path: string, content: string | Uint8Array): Promise<void> {
  await writeFile(`${path}.part`, content)
  await rename(`${path}.part`, path)
}
