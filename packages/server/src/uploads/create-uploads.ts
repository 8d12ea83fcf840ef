import { DELIVERY_ORIGIN } from '@lightfast/core'
import type {
  CompleteUpload,
  FilePolicy,
  ImageList,
  ImageReply,
  ReportFailure,
  SignedUrl,
  StartedUpload,
  StartUpload,
} from '@lightfast/core'
import type { Principal } from '../access/principal.ts'
import type { ImagesClient } from '../client/create-images-client.ts'
import type { SigningKey } from '../delivery/signing-key.ts'
import { listImages, signImageUrl, toImage } from './list-images.ts'
import type { ListImages } from './list-images.ts'
import { completeUpload, reportFailure, uploadStatus } from './settle-upload.ts'
import { startUpload } from './start-upload.ts'
import type { UploadStore } from './store.ts'
import type { UploadsContext } from './uploads-context.ts'

export interface UploadsOptions {
  readonly client: ImagesClient
  readonly store: UploadStore
  /** What the app uses images for, such as `photo`, and what each accepts. */
  readonly kinds: Readonly<Record<string, FilePolicy>>
  readonly accountHash: string
  readonly signingKey: SigningKey
  /** The named variants that may be asked for. */
  readonly variants: readonly string[]
  /** @default 'https://imagedelivery.net' */
  readonly deliveryOrigin?: string
  /** How long a signed URL lives at least, in milliseconds. @default 3_600_000 */
  readonly urlMs?: number
  readonly now?: () => number
  readonly randomId?: () => string
}

/** Everything that can be asked about a principal's uploads and images, without HTTP. */
export interface Uploads {
  readonly start: (principal: Principal, request: StartUpload) => Promise<StartedUpload>
  readonly complete: (
    principal: Principal,
    id: string,
    request: CompleteUpload,
  ) => Promise<ImageReply>
  readonly fail: (principal: Principal, id: string, report: ReportFailure) => Promise<ImageReply>
  readonly status: (principal: Principal, id: string) => Promise<ImageReply>
  readonly list: (principal: Principal, query: ListImages) => Promise<ImageList>
  readonly signUrl: (principal: Principal, id: string, variant: string) => Promise<SignedUrl>
}

const URL_MS = 3_600_000

/** Joins the client, the records and the signing key. Each method applies the owner rule. */
export function createUploads(options: UploadsOptions): Uploads {
  const context = toContext(options)
  return Object.freeze<Uploads>({
    async start(principal, request) {
      const { record, directUpload } = await startUpload(context, principal, request)
      return { image: await toImage(context, record), directUpload }
    },
    async complete(principal, id, request) {
      const record = await completeUpload(context, principal, { ...request, id })
      return { image: await toImage(context, record) }
    },
    async fail(principal, id, report) {
      const record = await reportFailure(context, principal, { ...report, id })
      return { image: await toImage(context, record) }
    },
    async status(principal, id) {
      return { image: await toImage(context, await uploadStatus(context, principal, id)) }
    },
    list: (principal, query) => listImages(context, principal, query),
    signUrl: (principal, id, variant) => signImageUrl(context, principal, { id, variant }),
  })
}

function toContext(options: UploadsOptions): UploadsContext {
  const { client, store, kinds, accountHash, signingKey, variants } = options
  const { deliveryOrigin: origin = DELIVERY_ORIGIN, urlMs = URL_MS } = options
  const { now = () => Date.now(), randomId = () => crypto.randomUUID() } = options
  const delivery = { accountHash, signingKey, variants, origin, urlMs }
  return { client, store, kinds, delivery, now, randomId }
}
