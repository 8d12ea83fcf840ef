import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { toListed } from '../store.ts'
import type { ImageStore, ListedImage, StoredImage } from '../store.ts'

/**
 * Creates a store that outlives the process: two files per image in a folder of its own, which is made if
 * it is missing. For one process at a time: what is in the folder is read once and then remembered, bytes apart.
 */
export function createDiskStore(folder: string): ImageStore {
  mkdirSync(folder, { recursive: true })
  const pathOf = (id: string, kind: 'json' | 'bytes'): string =>
    join(folder, `${createHash('sha256').update(id).digest('hex')}.${kind}`)
  const openIndex = once(() => readIndex(folder))

  return {
    async put(image) {
      const { id } = image.facts
      const index = await openIndex()
      const listed = toListed(image, index.images.get(id)?.order ?? (index.made += 1))
      // The bytes first: whoever finds the facts finds the bytes too.
      if (image.status === 'stored') await replace(pathOf(id, 'bytes'), image.file.bytes)
      await replace(pathOf(id, 'json'), JSON.stringify(listed))
      index.images.set(id, listed)
    },
    async get(id) {
      const listed = (await openIndex()).images.get(id)
      return listed && toStored(listed, () => readFile(pathOf(id, 'bytes')))
    },
    list: async () => [...(await openIndex()).images.values()].toSorted(byOrder),
    async delete(id) {
      const index = await openIndex()
      index.images.delete(id)
      await rm(pathOf(id, 'json'), { force: true })
      await rm(pathOf(id, 'bytes'), { force: true })
    },
  }
}

/** What a folder holds, by id. */
interface Index {
  readonly images: Map<string, ListedImage>
  /** The order of the newest image. */
  made: number
}

async function readIndex(folder: string): Promise<Index> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'))
  const found = await Promise.all(names.map((name) => readListed(join(folder, name))))
  return {
    images: new Map(found.map((image) => [image.facts.id, image])),
    made: found.reduce((made, { order }) => Math.max(made, order), 0),
  }
}

const byOrder = (a: ListedImage, b: ListedImage): number =>
  a.order - b.order || a.facts.createdAt - b.facts.createdAt

const readListed = async (path: string): Promise<ListedImage> =>
  v.parse(imageSchema, JSON.parse(await readFile(path, 'utf8')))

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined
  return () => (made ??= make())
}

const factsSchema = v.object({
  id: v.string(),
  createdAt: v.number(),
  meta: v.record(v.string(), v.unknown()),
  creator: v.nullable(v.string()),
  requireSignedURLs: v.boolean(),
  customId: v.exactOptional(v.literal(true)),
})

/** Absent in folders that were written before it was kept. */
const order = v.optional(v.number(), 0)

const fileSchema = v.object({
  type: v.picklist(['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/svg+xml']),
  filename: v.string(),
  picture: v.exactOptional(v.object({ width: v.number(), height: v.number(), frames: v.number() })),
})

const imageSchema = v.variant('status', [
  v.object({ status: v.literal('draft'), facts: factsSchema, order, expiresAt: v.number() }),
  v.object({ status: v.literal('stored'), facts: factsSchema, order, file: fileSchema }),
  v.object({
    status: v.literal('refused'),
    facts: factsSchema,
    order,
    shownAs: v.picklist(['draft', 'missing', 'refused']),
    code: v.number(),
    message: v.string(),
  }),
])

async function toStored(
  listed: ListedImage,
  readBytes: () => Promise<Buffer>,
): Promise<StoredImage> {
  const { order: _, ...image } = listed
  if (image.status !== 'stored') return image
  return { ...image, file: { ...image.file, bytes: new Uint8Array(await readBytes()) } }
}

/** A file is either the old one or the new one, and never half of it. */
async function replace(path: string, content: string | Uint8Array): Promise<void> {
  await writeFile(`${path}.part`, content)
  await rename(`${path}.part`, path)
}
