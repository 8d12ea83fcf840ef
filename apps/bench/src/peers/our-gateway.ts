/** A view of the gateway, mounted in Hono: the token, the record, what was taken back, the policy, and then the picture. */
import {
  createGateway,
  createMemoryRenditionCache,
  createMemoryStore,
  createViewKeys,
} from '@lightfast/server'
import type { GatewayOptions, ImageRecord, RenditionCache } from '@lightfast/server'
import { createSharpRenderer } from '@lightfast/server/sharp'
import { Hono } from 'hono'
import type { Case } from '../timing/time-calls.ts'
import {
  cachedRhythm,
  createGet,
  drawnRhythm,
  makeLogo,
  makePhoto,
  MARK,
  QUALITY,
  WIDTH,
} from './gateway-terms.ts'

export const cases = {
  drawn: { ...createCase(() => undefined), rhythm: drawnRhythm },
  cached: { ...createCase(() => createMemoryRenditionCache()), rhythm: cachedRhythm },
}

const now = (): number => Date.now()
const ada = { id: 'ada' }

const policy: GatewayOptions['policy'] = {
  check: async () => ({ allowed: true, by: 'all', obligations: [] }),
  scope: async () => [],
}

function createCase(openCache: () => RenditionCache | undefined): Case {
  return {
    async prepare() {
      const { gateway, image } = await openGateway(openCache())
      const app = new Hono()
      app.get('/view/:token', (c) => gateway.view(c.req.param('token'), c.req.raw))
      // Longer than it is timed.
      const { url } = await gateway.mint(ada, image, { preset: 'wide', plan: 'free' })
      return createGet(app, url)
    },
  }
}

async function openGateway(cache: RenditionCache | undefined) {
  const store = createMemoryStore({ now })
  const { record: image } = await store.records.create(toRecord(), { actor: 'ada' })
  const bytes = new Uint8Array(await makePhoto())
  const place = { at: 'bottom-right', inset: MARK.inset } as const
  const { width, opacity } = MARK
  const gateway = createGateway({
    store,
    policy,
    keys: await createViewKeys([{ kid: 'a', alg: 'HS256', secret: crypto.randomUUID() }]),
    issuer: 'bench',
    audience: 'views',
    source: async () => ({ bytes, contentType: 'image/jpeg' }),
    presets: { wide: { width: WIDTH, fit: 'scale-down', format: 'jpeg', quality: QUALITY } },
    plans: { free: { type: 'image', src: 'logo', width, opacity, place } },
    overlays: { logo: await makeLogo() },
    renderer: createSharpRenderer(),
    ...(cache && { cache }),
    path: '/view',
  })
  return { gateway, image }
}

function toRecord(): ImageRecord {
  return {
    id: crypto.randomUUID(),
    uploadId: crypto.randomUUID(),
    ownerId: 'ada',
    tenantId: null,
    state: 'ready',
    version: 0,
    kind: 'photo',
    privacy: 'private',
    cloudflareId: crypto.randomUUID(),
    attemptId: null,
    filename: 'photo.jpg',
    facts: 'verified',
    contentType: 'image/jpeg',
    sizeBytes: 1,
    width: 2400,
    height: 1600,
    metadata: {},
    thumbhash: null,
    failure: null,
    kept: null,
    unusedSince: null,
    createdAt: now(),
    updatedAt: now(),
  }
}
