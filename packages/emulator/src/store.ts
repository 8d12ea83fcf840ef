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
}

/** The state of a file that was taken and refused afterwards. */
export interface RefusedState {
  readonly status: 'refused'
  readonly shownAs: 'draft' | 'missing' | 'refused'
  readonly code: number
  readonly message: string
}

/** Keeps the images of an account. */
export interface ImageStore {
  readonly put: (image: StoredImage) => Promise<void>
  readonly get: (id: string) => Promise<StoredImage | undefined>
  /** Lists all images, drafts included, in the order they were made. */
  readonly list: () => Promise<readonly StoredImage[]>
  readonly delete: (id: string) => Promise<void>
}

/** Creates a store that lasts as long as the process. */
export function createMemoryStore(): ImageStore {
  const images = new Map<string, StoredImage>()
  return {
    async put(image) {
      images.set(image.facts.id, image)
    },
    get: async (id) => images.get(id),
    list: async () => [...images.values()],
    async delete(id) {
      images.delete(id)
    },
  }
}
