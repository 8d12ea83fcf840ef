import { ImagesError } from '@lightfast/core'
import type {
  Action,
  BulkReply,
  BulkRequest,
  ImageList,
  ImageReply,
  ShareImage,
  SignedUrl,
  UpdateImage,
} from '@lightfast/core'
import type { Principal } from '../access/principal.ts'
import type { ImageRecord } from '../uploads/record.ts'
import type { AuditEntry } from '../uploads/store.ts'
import type { UploadsContext } from '../uploads/uploads-context.ts'
import { findAllowed } from './find-allowed.ts'
import { signImageUrl } from './image-url.ts'
import { listImages } from './list-images.ts'
import type { ListImages } from './list-images.ts'
import { openOriginal } from './open-original.ts'
import type { Original } from './open-original.ts'
import { removeImage } from './remove-image.ts'
import type { RemoveOptions } from './remove-image.ts'
import { removeMany } from './remove-many.ts'
import { toImage } from './to-image.ts'
import { updateImage } from './update-image.ts'

/** What can be done to images, one's own and others', as far as the policy lets one. */
export interface ImageActions {
  /** Lists what the principal may see. */
  readonly list: (principal: Principal, query: ListImages) => Promise<ImageList>
  /** Reads one image that the principal may see. */
  readonly read: (principal: Principal, id: string) => Promise<ImageReply>
  /** Makes the URL of a variant: Cloudflare's, or the gateway's if the principal is obliged to a mark. */
  readonly signUrl: (principal: Principal, id: string, variant: string) => Promise<SignedUrl>
  readonly update: (principal: Principal, id: string, changes: UpdateImage) => Promise<ImageReply>
  /** Deletes an image, or ends an upload. Refused with `image_in_use` while something uses it, unless forced. */
  readonly remove: (principal: Principal, id: string, options?: RemoveOptions) => Promise<void>
  readonly removeMany: (principal: Principal, request: BulkRequest) => Promise<BulkReply>
  /** Downloads the file as it was uploaded. */
  readonly original: (principal: Principal, id: string) => Promise<Original>
  /** Makes a link for whoever has it. Only with a `gateway`. */
  readonly share: (principal: Principal, id: string, wanted: ShareImage) => Promise<SignedUrl>
  /** Tells what became of an image, to whoever may `administer` it. */
  readonly audit: (principal: Principal, id: string) => Promise<readonly AuditEntry[]>
}

/** Makes what the policy decides about. Each asks it anew. */
export function createImageActions(context: UploadsContext): ImageActions {
  const find = async (principal: Principal, id: string, action: Action) =>
    (await findAllowed(context, principal, { id, action })).record
  const reply = async (principal: Principal, record: Promise<ImageRecord>) => ({
    image: await toImage(context, principal, { record: await record }),
  })
  return {
    list: (principal, query) => listImages(context, principal, query),
    read: (principal, id) => reply(principal, find(principal, id, 'view')),
    signUrl: (principal, id, variant) => signImageUrl(context, principal, { id, variant }),
    update: (principal, id, changes) =>
      reply(principal, updateImage(context, principal, { ...changes, id })),
    remove: (principal, id, how = {}) => removeImage(context, principal, { ...how, id }),
    removeMany: (principal, request) => removeMany(context, principal, request),
    original: (principal, id) => openOriginal(context, principal, id),
    async share(principal, id, wanted) {
      const record = await find(principal, id, 'share')
      if (context.gateway) return context.gateway.share(principal, record, wanted)
      throw new ImagesError('not_found', 'Nothing here can share: set up a gateway.')
    },
    async audit(principal, id) {
      await find(principal, id, 'administer')
      return context.store.audit.of(id)
    },
  }
}
