/** Asks every route as everybody, and compares with the table that was written by hand. */
import type { Hono } from 'hono'
import { expect, test } from 'vitest'
import { createDefaultPolicy } from '../access/default-policy.ts'
import type { Principal } from '../access/principal.ts'
import type { PolicyEngine } from '../access/policy-engine.ts'
import { createMemoryRenditionCache } from '../delivery/memory-rendition-cache.ts'
import { createGateway } from '../gateway/create-gateway.ts'
import type { Gateway } from '../gateway/create-gateway.ts'
import { createViewKeys } from '../gateway/view-keys.ts'
import { createImagesRoutes } from '../hono/images-routes.ts'
import { createAvatars } from '../pictures/create-avatars.ts'
import type { Avatars } from '../pictures/create-avatars.ts'
import type { ImageRecord } from '../uploads/record.ts'
import type { ImagesStore } from '../uploads/store.ts'
import { expected, roles } from './access-table.ts'
import type { Role } from './access-table.ts'
import { makeRequest, openUploads, post } from './open-uploads.ts'

const acme = { tenantId: 'acme' }
const elsewhere = { tenantId: 'elsewhere' }

/** Each of them has an id of their own. */
const people: Readonly<Record<Role, Principal | null>> = {
  owner: { id: 'owner', ...acme },
  viewer: { id: 'viewer', ...acme, groups: ['image_viewer'] },
  admin: { id: 'admin', ...acme, groups: ['image_admin'] },
  colleague: { id: 'colleague', ...acme },
  viewerElsewhere: { id: 'viewerElsewhere', ...elsewhere, groups: ['image_viewer'] },
  adminElsewhere: { id: 'adminElsewhere', ...elsewhere, groups: ['image_admin'] },
  viewerOfNone: { id: 'viewerOfNone', groups: ['image_viewer', 'image_admin'] },
  nobody: null,
}

/** What the image of the table is known by: nothing of it may be told to whoever may not see it. */
const FILENAME = 'a-secret-name.png'

interface World {
  readonly routes: Hono
  readonly record: ImageRecord
}

/** An image of the owner, made anew, since some routes take it away. */
async function openWorld(store: ImagesStore): Promise<World> {
  const { owner } = people
  if (!owner) throw new Error('The owner is somebody.')
  const policy = createDefaultPolicy({ watermark: 'viewers' })
  const gateway = await openGateway(store, policy)
  const app = await openUploads({ store, policy, gateway })
  const routes = createImagesRoutes({
    uploads: app.uploads,
    authenticate: async (request) => readRole(request),
    metrics: { contentType: 'text/plain', render: () => 'figures 1\n' },
    webhookSecrets: ['secret'],
    gateway,
    avatars: await openAvatars(store, policy),
  })
  const started = await app.uploads.start(owner, makeRequest({ filename: FILENAME }))
  await post(app.emulator, started.way)
  const { id } = started.image
  await app.uploads.complete(owner, id, { attemptId: started.way?.attemptId ?? '' })
  const record = await app.store.records.find(id)
  if (record?.state !== 'ready') throw new Error('The image is not ready.')
  return { routes, record }
}

/** No token of the table holds, so nothing is ever drawn. */
async function openGateway(store: ImagesStore, policy: PolicyEngine): Promise<Gateway> {
  const secret = 'a secret of the tests, long enough for HS256'
  return createGateway({
    store,
    policy,
    keys: await createViewKeys([{ kid: 'a', alg: 'HS256', secret }]),
    issuer: 'tests',
    audience: 'tests',
    source: never,
    renderer: { render: never },
    presets: { public: { width: 100, fit: 'scale-down' } },
    plans: { free: textPlan, premium: textPlan },
    path: '/view',
    now: noon,
  })
}

const textPlan = {
  type: 'text',
  text: '{viewer}',
  size: 9,
  color: '#ffffff',
  opacity: 1,
  place: { at: 'center' },
} as const

/** The image host is away: everybody gets a placeholder. */
async function openAvatars(store: ImagesStore, policy: PolicyEngine): Promise<Avatars> {
  return createAvatars({
    store,
    policy,
    source: never,
    cache: createMemoryRenditionCache({ maxBytes: 1_000_000 }),
    kind: 'photo',
    now: noon,
  })
}

async function never(): Promise<never> {
  throw new Error('Nothing is to be had.')
}

function readRole(request: Request): Principal | null {
  const name = request.headers.get('x-role')
  const role = roles.find((one) => one === name)
  return role ? people[role] : null
}

/** What each route is asked with, besides the image's id. */
const queries: Readonly<Record<string, string>> = {
  'GET /:id/url': '?variant=public',
  'GET /': '?variant=public',
}

function toBody(route: string, { id, uploadId, attemptId }: ImageRecord): unknown {
  const bodies: Readonly<Record<string, unknown>> = {
    'POST /uploads': makeRequest({ uploadId, filename: FILENAME }),
    'POST /uploads/:id/complete': { attemptId },
    'POST /uploads/:id/failed': { attemptId, code: 'transfer_interrupted', cloudflareCode: null },
    'POST /bulk': { action: 'delete', ids: [id] },
    'PATCH /:id': { filename: 'b.png' },
    'POST /:id/share': { preset: 'public' },
    'POST /jobs/replay': { key: 'expire:nothing' },
    'POST /webhooks/cloudflare': {},
    'POST /view/:token': {},
  }
  return bodies[route]
}

async function ask({ routes, record }: World, route: string, role: Role): Promise<Response> {
  const [method = '', path = ''] = route.split(' ')
  const bytes = route === 'PUT /uploads/:id/bytes'
  const query = bytes ? `?attemptId=${record.attemptId}` : (queries[route] ?? '')
  const body = bytes ? 'bytes' : toBody(route, record)
  const url = `${path.replace(':id', record.id).replace(':userId', 'owner')}${query}`
  const type = bytes ? 'application/octet-stream' : 'application/json'
  return routes.request(url, {
    method,
    headers: { 'x-role': role, origin: 'http://localhost', 'content-type': type },
    ...(method !== 'GET' && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
}

const noon = (): number => Date.parse('2026-11-22T12:00:00Z')

/** Runs the table against the routes on one kind of store. */
export function describeAccessMatrix(openStore: (now: () => number) => Promise<ImagesStore>): void {
  const open = async (): Promise<World> => openWorld(await openStore(noon))

  test('every route has its cells, and every cell a route', async () => {
    const { routes } = await open()
    const found = routes.routes.filter(({ method }) => method !== 'ALL')
    const names = new Set(found.map(({ method, path }) => `${method} ${path}`))
    expect([...names].toSorted()).toEqual(Object.keys(expected).toSorted())
  })

  for (const [route, cells] of Object.entries(expected)) {
    test(`${route} answers each as the table says, and tells nothing to whom it refuses`, async () => {
      const answers: number[] = []
      for (const role of roles) {
        const world = await open()
        const reply = await ask(world, route, role)
        answers.push(reply.status)
        const text = await reply.text()
        if (reply.status >= 400) expectNoLeak(text, world.record)
      }
      expect(Object.fromEntries(roles.map((role, at) => [role, answers[at]]))).toEqual(
        Object.fromEntries(roles.map((role, at) => [role, cells[at]])),
      )
    })
  }

  test('a list holds the image for those who see it, and for nobody else', async () => {
    for (const role of roles) {
      const world = await open()
      const text = await (await ask(world, 'GET /', role)).text()
      const isShown = ['owner', 'viewer', 'admin', 'colleague'].includes(role)
      expect([role, text.includes(world.record.id)]).toEqual([role, isShown])
      if (!isShown) expectNoLeak(text, world.record)
    }
  })

  test('many at once are each decided by itself', async () => {
    const ends = ['done', 'forbidden', 'done', 'forbidden', 'not_found', 'not_found', 'not_found']
    for (const [at, end] of ends.entries()) {
      const role = roles[at] ?? 'nobody'
      const world = await open()
      const { results } = await (await ask(world, 'POST /bulk', role)).json()
      expect([role, results[0].code ?? results[0].status]).toEqual([role, end])
    }
  })

  test('what is not there is answered as what may not be seen', async () => {
    for (const route of ['GET /:id', 'GET /:id/url', 'PATCH /:id', 'DELETE /:id']) {
      const world = await open()
      const hidden = await ask(world, route, 'adminElsewhere')
      const missing = { ...world.record, id: crypto.randomUUID() }
      const none = await ask({ ...world, record: missing }, route, 'adminElsewhere')
      expect(withoutRequestId(await hidden.json())).toEqual(withoutRequestId(await none.json()))
      expect(hidden.status).toBe(none.status)
    }
  })
}

function withoutRequestId(problem: Readonly<Record<string, unknown>>) {
  return { ...problem, requestId: undefined }
}

function expectNoLeak(text: string, { cloudflareId, uploadId, ownerId }: ImageRecord): void {
  for (const secret of [FILENAME, cloudflareId, uploadId, `"${ownerId}"`]) {
    if (secret) expect(text).not.toContain(secret)
  }
}
