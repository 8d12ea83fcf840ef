import { RefusedError } from '../refusal.ts'
import type { Emulation } from '../emulation.ts'
import type { ImageStore, StoredImage } from '../store.ts'

/** Keeps a new image unless its id was taken meanwhile: of two that come at the same moment one is refused. */
export async function putNew(
  image: StoredImage,
  { store, config }: Pick<Emulation, 'store' | 'config'>,
): Promise<void> {
  const before = last.get(store)
  const putting = (async () => {
    await before
    if (await store.get(image.facts.id)) return 'taken'
    await store.put(image)
    return 'kept'
  })()
  last.set(
    store,
    putting.catch(() => {}),
  )
  if ((await putting) === 'taken') throw new RefusedError(config.settings.takenId)
}

/** What a store is busy with. */
const last = new WeakMap<ImageStore, Promise<unknown>>()
