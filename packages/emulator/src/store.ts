import type { ImageType, Picture } from './pixels.ts'

/** Holds a file as it was uploaded. */
export interface StoredFile {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly type: ImageType
  readonly filename: string
  /** Absent for SVG, and when the emulator has no pixels port. */
  readonly picture?: Picture
}

/** An image of the account in one of its three states; times are milliseconds since the epoch. */
export type StoredImage = { readonly facts: ImageFacts } & (
  | { readonly status: 'draft'; readonly expiresAt: number }
  | { readonly status: 'stored'; readonly file: StoredFile }
  | RefusedState
)

/** Holds what is known of an image before any byte arrives. */
export interface ImageFacts {
  readonly id: string
  readonly createdAt: number
  readonly meta: Readonly<Record<string, unknown>>
  readonly creator: string | null
  readonly requireSignedURLs: boolean
  /** Present where the id is the caller's own choice; such an image cannot be private. */
  readonly customId?: true
}

/** The state of a file that was taken and refused afterwards. */
export interface RefusedState {
  readonly status: 'refused'
  readonly shownAs: 'draft' | 'missing' | 'refused'
  readonly code: number
  readonly message: string
}

/** An image as a list shows it: all but its bytes. */
export type ListedImage = {
  readonly facts: ImageFacts
  /** Rises with every image that is new to the store; an image keeps it through all its states. */
  readonly order: number
} & (
  | { readonly status: 'draft'; readonly expiresAt: number }
  | { readonly status: 'stored'; readonly file: Omit<StoredFile, 'bytes'> }
  | RefusedState
)

/** Keeps the images of an account. */
export interface ImageStore {
  readonly put: (image: StoredImage) => Promise<void>
  readonly get: (id: string) => Promise<StoredImage | undefined>
  /** Lists all images, drafts included, by rising `order`. Reads no bytes, so that thousands are no burden. */
  readonly list: () => Promise<readonly ListedImage[]>
  readonly delete: (id: string) => Promise<void>
}

/** Creates a store that lasts as long as the process. */
export function createMemoryStore(): ImageStore {
  const images = new Map<string, StoredImage>()
  const listed = new Map<string, ListedImage>()
  let made = 0
  return {
    async put(image) {
      const { id } = image.facts
      const order = listed.get(id)?.order ?? (made += 1)
      images.set(id, image)
      listed.set(id, toListed(image, order))
    },
    get: async (id) => images.get(id),
    list: async () => [...listed.values()],
    async delete(id) {
      images.delete(id)
      listed.delete(id)
    },
  }
}

/** Takes the bytes out of an image, for a list. */
export function toListed(image: StoredImage, order: number): ListedImage {
  if (image.status !== 'stored') return { ...image, order }
  const { bytes: _, ...file } = image.file
  return { ...image, file, order }
}
