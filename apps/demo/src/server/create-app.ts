import { sValidator } from '@hono/standard-validator'
import { defaultFilePolicy, failures, ImagesError } from '@lightfast/core'
import { createImagesClient, createUploads, importSigningKey } from '@lightfast/server'
import { createImagesRoutes } from '@lightfast/server/hono'
import type { UploadStore } from '@lightfast/server'
import { Hono } from 'hono'
import { csrf } from 'hono/csrf'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import * as v from 'valibot'
import type { ImageHost } from './image-host.ts'
import type { Profiles } from './profiles.ts'
import type { Session } from './session.ts'
import { ensureVariants, variantNames } from './variants.ts'

export interface AppParts {
  readonly host: ImageHost
  readonly store: UploadStore
  readonly profiles: Profiles
  readonly session: Session
}

const avatarSchema = v.strictObject({ imageId: v.pipe(v.string(), v.uuid()) })

/** Makes the demo's server: the routes of the SDK, mounted, and the few routes of the app itself. */
export async function createApp({ host, store, profiles, session }: AppParts): Promise<Hono> {
  const client = createImagesClient({
    ...host.client,
    // A demo of outages should recover while somebody watches.
    breaker: { openMs: 10_000 },
  })
  await ensureVariants(client)
  const uploads = createUploads({
    client,
    store,
    kinds: { photo: defaultFilePolicy },
    accountHash: host.accountHash,
    signingKey: await readSigningKey(client),
    variants: variantNames,
    ...(host.deliveryOrigin !== undefined && { deliveryOrigin: host.deliveryOrigin }),
  })

  const app = new Hono().basePath('/api')
  app.onError((error, c) => c.json({ error: 'This did not work.' }, toStatus(error)))
  app.use(csrf())
  app.get('/demo', (c) => c.json({ mode: host.mode }))
  app.route('/', session.routes)
  app.get('/avatar', async (c) => {
    const principal = await session.authenticate(c.req.raw)
    const imageId = principal && profiles.avatarOf(principal.id)
    if (!principal || !imageId) return c.json({ url: null })
    const { url } = await uploads.signUrl(principal, imageId, 'lightfast-avatar')
    return c.json({ url })
  })
  app.put('/avatar', sValidator('json', avatarSchema), async (c) => {
    const principal = await session.authenticate(c.req.raw)
    if (!principal) return c.json({ error: 'Sign in first.' }, 401)
    const { imageId } = c.req.valid('json')
    await uploads.status(principal, imageId)
    profiles.setAvatar(principal.id, imageId)
    return c.body(null, 204)
  })
  app.get('/status', async (c) => {
    const principal = await session.authenticate(c.req.raw)
    if (!principal) return c.json({ error: 'Sign in first.' }, 401)
    c.header('cache-control', 'no-store')
    return c.json(client.status())
  })
  app.route('/images', createImagesRoutes({ uploads, authenticate: session.authenticate }))
  return app
}

function toStatus(error: Error): ContentfulStatusCode {
  if (error instanceof HTTPException) return error.status
  return error instanceof ImagesError ? failures[error.code].httpStatus : 500
}

/** Every account has a signing key; it is read once and kept only as a key that cannot be read back. */
async function readSigningKey(client: ReturnType<typeof createImagesClient>) {
  const [key] = await client.keys.list()
  if (!key) throw new Error('The account has no signing key: open Images > Keys in its dashboard.')
  return importSigningKey(key.value)
}
