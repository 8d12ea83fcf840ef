import type { ImageStore, RefusedState } from './store.ts'

/** A store in which an image can look like a draft for a while after its file has come. */
export interface SettlingStore extends ImageStore {
  /** Keeps the image a draft to all others until then; `Infinity` for good. Forgotten with the process. */
  readonly settleAt: (id: string, at: number) => void
  /** Tells whether the image still looks like a draft. */
  readonly isSettling: (id: string) => boolean
  /** The images as they are kept. */
  readonly kept: ImageStore
}

/** Creates a store before another one. */
export function createSettlingStore(store: ImageStore, now: () => number): SettlingStore {
  const settling = new Map<string, number>()
  const isSettling = (id: string): boolean => now() < (settling.get(id) ?? -Infinity)

  return {
    put: (image) => store.put(image),
    async get(id) {
      const image = await store.get(id)
      return image && isSettling(id) ? { facts: image.facts, ...draftLike } : image
    },
    async list() {
      const images = await store.list()
      return images.map((image) => {
        const { facts, order } = image
        return isSettling(facts.id) ? { facts, order, ...draftLike } : image
      })
    },
    async delete(id) {
      settling.delete(id)
      await store.delete(id)
    },
    settleAt: (id, at) => void settling.set(id, at),
    isSettling,
    kept: store,
  }
}

/** Its one-time URL is used, so this is no true draft: it is a file that nobody gets to see. */
const draftLike: RefusedState = {
  status: 'refused',
  shownAs: 'draft',
  code: 5404,
  message: 'Image not found',
}
