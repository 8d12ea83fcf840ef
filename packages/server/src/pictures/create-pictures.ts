import type { Principal } from '../access/principal.ts'
import type { ImagesStore } from '../uploads/store.ts'
import type { WantedPicture } from './create-picture-finder.ts'
import { createPictureReader } from './create-picture-reader.ts'
import type { PictureReaderOptions } from './create-picture-reader.ts'
import type { Picture } from './picture.ts'
import { toPictureResponse } from './to-picture-response.ts'

export interface PicturesOptions extends PictureReaderOptions {
  readonly store: Pick<ImagesStore, 'records'>
}

/** Pictures by their id, such as the tiles of a gallery. */
export interface Pictures {
  /** Answers within the budget, and does not reject. No image and no right to see it look the same. */
  readonly read: (principal: Principal, imageId: string) => Promise<Picture>
  /** The same as a response to a GET or a HEAD. */
  readonly respond: (principal: Principal, imageId: string, request: Request) => Promise<Response>
}

/** Shows ready images, or what comes closest to them at the moment. */
export function createPictures(options: PicturesOptions): Pictures {
  const { store } = options
  const reader = createPictureReader(options)
  const read: Pictures['read'] = (principal, imageId) => reader.read(principal, toWanted(imageId))
  return {
    read,
    async respond(principal, imageId, request) {
      return toPictureResponse(await read(principal, imageId), request)
    },
  }

  function toWanted(imageId: string): WantedPicture {
    return {
      async find(before) {
        const record = before ? undefined : await store.records.find(imageId)
        return record?.state === 'ready' ? [record] : []
      },
      decoy: { id: imageId, ownerId: '', tenantId: null, privacy: 'private', state: 'ready' },
      placeholder: { id: imageId, name: async () => null, sign: 'picture' },
    }
  }
}
