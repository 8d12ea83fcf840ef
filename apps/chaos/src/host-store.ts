/** What the emulated Cloudflare holds: of each file its hash and not its bytes, so that a long run fits into the memory. */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { ImageStore, ListedImage, Pixels, StoredImage } from '@lightfast/emulator'
import { hash, MARK } from './make-file.ts'
import type { FileKind } from './file-kinds.ts'

/** By which door a file comes in. */
export type Door = 'upload' | 'api'

export interface HostStore extends ImageStore {
  /** The hash of every file that is held now, by the image's id. */
  readonly hashes: () => ReadonlyMap<string, string>
  /** Asks whether a file was ever held, also if it was deleted since. */
  readonly everHeld: (sha256: string) => boolean
  /** The code with which an image was refused after its file was taken, if it was. */
  readonly refusalOf: (id: string) => number | undefined
}

export interface HostParts {
  readonly store: HostStore
  readonly pixels: Pixels
  /** Lets a request through a door, so that what is behind it knows which one it was. */
  readonly through: <Result>(door: Door, work: () => Result) => Result
}

const REFUSED_LATER = 9422

/** Makes a store and a judge of pixels that treat each file by the kind that is written into it. */
export function createHostParts(): HostParts {
  const doors = new AsyncLocalStorage<Door>()
  const inner = createPlainStore()
  const hashes = new Map<string, string>()
  const held = new Set<string>()
  const refusals = new Map<string, number>()
  const store: HostStore = {
    ...inner,
    put,
    async delete(id) {
      hashes.delete(id)
      await inner.delete(id)
    },
    hashes: () => hashes,
    everHeld: (sha256) => held.has(sha256),
    refusalOf: (id) => refusals.get(id),
  }
  const pixels: Pixels = {
    inspect: async (bytes) => inspect(readKind(bytes), doors.getStore()),
    resize: () => Promise.reject(new Error('Nobody looks at these pictures.')),
  }
  return { store, pixels, through: (door, work) => doors.run(door, work) }

  async function put(image: StoredImage): Promise<void> {
    if (image.status !== 'stored') return inner.put(image)
    const { facts, file } = image
    if (readKind(file.bytes) === 'later' && doors.getStore() === 'upload') {
      refusals.set(facts.id, REFUSED_LATER)
      return inner.put({ facts, ...refused })
    }
    const sha256 = hash(file.bytes)
    hashes.set(facts.id, sha256)
    held.add(sha256)
    await inner.put({ ...image, file: { ...file, bytes: new Uint8Array() } })
  }
}

function createPlainStore(): ImageStore {
  const images = new Map<string, StoredImage & ListedImage>()
  let made = 0
  return {
    async put(image) {
      const { id } = image.facts
      const order = images.get(id)?.order ?? (made += 1)
      images.set(id, { ...image, order })
    },
    get: async (id) => images.get(id),
    list: async () => [...images.values()],
    delete: async (id) => void images.delete(id),
  }
}

const refused = {
  status: 'refused',
  shownAs: 'refused',
  code: REFUSED_LATER,
  message: 'The uploaded file may be incomplete or damaged',
} as const

/** What a decoder would say. What is refused later the API refuses at once: it answers when it knows. */
function inspect(kind: FileKind | undefined, door: Door | undefined) {
  if (kind === 'cut' || kind === undefined) return undefined
  if (kind === 'later' && door === 'api') return undefined
  if (kind === 'vast') return { width: 11_000, height: 11_000, frames: 1 }
  if (kind === 'frames') return { width: 1000, height: 1000, frames: 200 }
  return { width: 1, height: 1, frames: 1 }
}

const KINDS: readonly FileKind[] = ['png', 'jpeg', 'cut', 'frames', 'avif', 'later', 'vast']
const HEAD_BYTES = 128

function readKind(bytes: Uint8Array): FileKind | undefined {
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('latin1')
  const [, after = ''] = head.split(MARK)
  return KINDS.find((kind) => after.startsWith(`${kind}:`))
}
