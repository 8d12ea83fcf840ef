import { describe, expect, test } from 'vitest'
import type { ImageFacts, ImageStore, StoredFile, StoredImage } from '../store.ts'

const facts = (id: string, createdAt = 1): ImageFacts => ({
  id,
  createdAt,
  meta: { of: id },
  creator: null,
  requireSignedURLs: true,
})

const file: StoredFile = {
  bytes: new Uint8Array([1, 2, 3]),
  type: 'image/png',
  filename: 'a.png',
  picture: { width: 2, height: 1, frames: 1 },
}

const stored = (id: string, createdAt?: number): StoredImage => ({
  status: 'stored',
  facts: facts(id, createdAt),
  file,
})

/** Proves that a store is one; each test gets a fresh one. */
export function describeImageStore(name: string, makeStore: () => ImageStore): void {
  describe(name, () => {
    test('gives back what was put, bytes and all', async () => {
      const store = makeStore()
      await store.put(stored('a'))
      expect(await store.get('a')).toEqual(stored('a'))
    })

    test('keeps the last state of an image only', async () => {
      const store = makeStore()
      await store.put({ status: 'draft', facts: facts('a'), expiresAt: 5 })
      await store.put(stored('a'))
      expect(await store.get('a')).toEqual(stored('a'))
      expect(await store.list()).toMatchObject([{ status: 'stored', facts: { id: 'a' } }])
    })

    test.each(['missing', '../etc/passwd', 'a/b', 'ü', 'x'.repeat(1024)])(
      'takes the id %s for nothing but an id',
      async (id) => {
        const store = makeStore()
        expect(await store.get(id)).toBeUndefined()
        await store.put(stored(id))
        expect((await store.get(id))?.facts.id).toBe(id)
        await store.delete(id)
        expect(await store.get(id)).toBeUndefined()
      },
    )

    test('lists in the order in which images were made, even within one millisecond', async () => {
      const store = makeStore()
      for (const id of ['b', 'c', 'a']) await store.put(stored(id, 1))
      await store.put({ status: 'draft', facts: facts('b'), expiresAt: 5 })
      const listed = await store.list()
      expect(listed.map((image) => image.facts.id)).toEqual(['b', 'c', 'a'])
      const orders = listed.map(({ order }) => order)
      expect(orders).toEqual([...new Set(orders)].toSorted((a, b) => a - b))
    })

    test('lists an image with all its facts and without its bytes', async () => {
      const store = makeStore()
      await store.put(stored('a'))
      const { bytes: _, ...shown } = file
      expect(await store.list()).toEqual([
        { status: 'stored', facts: facts('a'), order: expect.any(Number), file: shown },
      ])
    })

    test('deletes what is not there without a word', async () => {
      await expect(makeStore().delete('nothing')).resolves.toBeUndefined()
    })
  })
}
