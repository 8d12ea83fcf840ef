import { describe, expect, test } from 'vitest'
import type { ImageFacts, ImageStore, StoredImage } from '../store.ts'

const facts = (id: string, createdAt = 1): ImageFacts => ({
  id,
  createdAt,
  meta: { of: id },
  creator: null,
  requireSignedURLs: true,
})

const stored = (id: string, createdAt?: number): StoredImage => ({
  status: 'stored',
  facts: facts(id, createdAt),
  file: {
    bytes: new Uint8Array([1, 2, 3]),
    type: 'image/png',
    filename: 'a.png',
    picture: { width: 2, height: 1, frames: 1 },
  },
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
      expect(await store.list()).toEqual([stored('a')])
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

    test('lists in the order in which images were made', async () => {
      const store = makeStore()
      for (const [id, at] of [
        ['b', 1],
        ['c', 2],
        ['a', 3],
      ] as const)
        await store.put(stored(id, at))
      expect((await store.list()).map((image) => image.facts.id)).toEqual(['b', 'c', 'a'])
    })

    test('deletes what is not there without a word', async () => {
      await expect(makeStore().delete('nothing')).resolves.toBeUndefined()
    })
  })
}
