import type { Principal } from '../access/principal.ts'
import type { ImagesStore } from '../uploads/store.ts'
import type { WantedPicture } from './create-picture-finder.ts'
import { createPictureReader, drawPicture } from './create-picture-reader.ts'
import type { PictureReaderOptions } from './create-picture-reader.ts'
import type { Picture } from './picture.ts'
import { toPictureResponse } from './to-picture-response.ts'

export interface AvatarsOptions extends PictureReaderOptions {
  readonly store: Pick<ImagesStore, 'records'>
  /**
   * Tells the name whose initials are drawn where there is no picture, to everybody who may ask for avatars. Without one, or if it
   * fails or takes too long, they show a sign of nobody.
   */
  readonly nameOf?: (userId: string) => Promise<string | null> | string | null
  /** What uploads of avatars are called. @default 'avatar' */
  readonly kind?: string
}

/** Everybody has an avatar: some see a picture, and others a placeholder. */
export interface Avatars {
  /** Answers within the budget, and does not reject. No avatar and no right to see it look the same. */
  readonly read: (principal: Principal, userId: string) => Promise<Picture>
  /** The same as a response to a GET or a HEAD. */
  readonly respond: (principal: Principal, userId: string, request: Request) => Promise<Response>
}

/** Who has had more avatars than this since the last one was seen is shown a placeholder. */
const EARLIER = 3

/** Shows the newest ready avatar of a user, or what comes closest to it at the moment. */
export function createAvatars(options: AvatarsOptions): Avatars {
  const { store, nameOf, kind = 'avatar' } = options
  const reader = createPictureReader(options)
  return {
    read,
    async respond(principal, userId, request) {
      return toPictureResponse(await read(principal, userId), request)
    },
  }

  async function read(principal: Principal, userId: string): Promise<Picture> {
    if (!isUserId(userId)) return drawPicture({ id: '', sign: 'person' }, null, 'no-image')
    return reader.read(principal, toWanted(userId))
  }

  function toWanted(ownerId: string): WantedPicture {
    const query = { ownerId, kinds: [kind], states: ['ready'] } as const
    return {
      find: (before) =>
        store.records.list(
          before ? { ...query, after: before, limit: EARLIER } : { ...query, limit: 1 },
        ),
      decoy: { id: '', ownerId, tenantId: null, privacy: 'private', state: 'ready' },
      placeholder: {
        id: ownerId,
        name: async () => (await nameOf?.(ownerId)) ?? null,
        sign: 'person',
      },
    }
  }
}

const MAX_ID_LENGTH = 255

/** What comes from a path may be anything. */
function isUserId(userId: string): boolean {
  return userId !== '' && userId.length <= MAX_ID_LENGTH && !/[\p{Cc}\p{Cs}]/u.test(userId)
}
