import { defaultFilePolicy } from '@lightfast/core'
import type { Rung } from '@lightfast/core'
import {
  createDefaultPolicy,
  createImagesClient,
  createJobRunner,
  createUploads,
  importSigningKey,
} from '@lightfast/server'
import type {
  Avatars,
  ByteStore,
  Gateway,
  ImagesClient,
  ImagesStore,
  JobRunner,
  Uploads,
} from '@lightfast/server'
import type { ImageHost } from './image-host.ts'
import { openAvatars, openLikeness } from './open-avatars.ts'
import { openGateway } from './open-gateway.ts'
import { ensureVariants, variantNames } from './variants.ts'

export interface UploadParts {
  readonly host: ImageHost
  readonly store: ImagesStore
  readonly bytes: ByteStore
  /** The folder of the demo's data. */
  readonly dataPath: string
}

export interface OpenUploads {
  readonly client: ImagesClient
  readonly uploads: Uploads
  /** Shows others a visitor's photos, with a mark. */
  readonly gateway: Gateway
  readonly avatars: Avatars
  /** Does what must happen later. At rest until it is started. */
  readonly runner: JobRunner
}

/** Joins client, store and bytes to uploads, and to the runner that sees them through. */
export async function openUploads(
  { host, store, bytes, dataPath }: UploadParts,
  rungs: () => readonly Rung[],
): Promise<OpenUploads> {
  const client = createImagesClient({
    ...host.client,
    // A demo of outages should recover while somebody watches.
    breaker: { openMs: 5000, maxOpenMs: 15_000 },
  })
  await ensureVariants(client)
  const signingKey = await readSigningKey(client)
  const policy = createDefaultPolicy({ watermark: 'viewers' })
  const gateway = await openGateway({ host, store, policy, signingKey, dataPath })
  const uploads = createUploads({
    client,
    store,
    bytes,
    rungs,
    kinds: { photo: defaultFilePolicy, avatar: defaultFilePolicy },
    accountHash: host.accountHash,
    policy,
    gateway,
    signingKey,
    variants: variantNames,
    likeness: openLikeness({ host, signingKey }),
    // The local image host lists a picture as soon as it has it.
    ...(host.mode === 'local' && { times: { listLagMs: 2000 } }),
    ...(host.deliveryOrigin !== undefined && { deliveryOrigin: host.deliveryOrigin }),
  })
  const runner = createJobRunner({ store: store.jobs, handlers: uploads.jobs, client })
  uploads.watchJobs(runner.nudge)
  const avatars = openAvatars({ host, store, signingKey })
  return { client, uploads, gateway, avatars, runner }
}

/** Every account has a signing key; it is read once and kept only as a key that cannot be read back. */
async function readSigningKey(client: ImagesClient) {
  const [key] = await client.keys.list()
  if (!key) throw new Error('The account has no signing key: open Images > Keys in its dashboard.')
  return importSigningKey(key.value)
}
