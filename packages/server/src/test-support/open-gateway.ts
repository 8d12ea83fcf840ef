import type { Action } from '@lightfast/core'
import type { PolicyEngine, Obligation } from '../access/policy-engine.ts'
import type { Principal } from '../access/principal.ts'
import { createGateway } from '../gateway/create-gateway.ts'
import type { Gateway } from '../gateway/create-gateway.ts'
import type { GatewayOptions } from '../gateway/gateway-config.ts'
import type { Drawing, SourcePicture } from '../gateway/renderer.ts'
import { createViewKeys } from '../gateway/view-keys.ts'
import { defaultWatermarkPlans } from '../gateway/watermark-plan.ts'
import { createMemoryStore } from '../stores/memory/create-memory-store.ts'
import { beside, NOON, sampleRecord } from '../testing/store-samples.ts'
import type { ImageRecord } from '../uploads/record.ts'
import type { ImagesStore } from '../uploads/store.ts'

export interface TestGateway {
  readonly gateway: Gateway
  readonly store: ImagesStore
  /** Ready, and ada's. */
  readonly image: ImageRecord
  readonly clock: { now: number }
  /** What may be done by whom; changed by a test. */
  readonly grants: Grants
  /** Every drawing that was made, in its order. */
  readonly drawn: { readonly picture: SourcePicture; readonly drawing: Drawing }[]
  /** Gets the picture, or whatever else is at an address. */
  readonly get: (url: string, init?: RequestInit) => Promise<Response>
  readonly post: (url: string) => Promise<Response>
}

export interface OpenGateway extends Partial<Omit<GatewayOptions, 'store'>> {
  /** @default one in memory */
  readonly store?: ImagesStore
}

export interface Grants {
  /** By principal id. */
  readonly actions: Map<string, readonly Action[]>
  obligations: readonly Obligation[]
}

export const ada: Principal = { id: 'ada' }
export const bob: Principal = { id: 'bob', tier: 'free' }
const secret = 'a secret of the tests, long enough for HS256'
const presets = {
  wide: { width: 1600, fit: 'scale-down' },
  thumb: { width: 200, fit: 'scale-down' },
} as const

/** Opens a gateway on a memory store, by a policy that is a table. Its renderer writes down what it was asked to draw. */
export async function openGateway({
  store: given,
  ...options
}: OpenGateway = {}): Promise<TestGateway> {
  const clock = { now: NOON }
  const now = () => clock.now
  const store = given ?? createMemoryStore({ now })
  const image = await addReady(store)
  const grants: Grants = {
    actions: new Map([
      ['ada', ['view', 'share']],
      ['bob', ['view']],
    ]),
    obligations: [],
  }
  const drawn: TestGateway['drawn'] = []
  const gateway = createGateway({
    store,
    policy: toPolicy(grants),
    keys: await createViewKeys([{ kid: 'a', alg: 'HS256', secret }]),
    issuer: 'tests',
    audience: 'views',
    source: async () => ({ bytes: makeGif('source'), contentType: 'image/gif' }),
    presets,
    plans: defaultWatermarkPlans,
    overlays: { logo: makeGif('logo') },
    renderer: {
      async render(picture, drawing) {
        drawn.push({ picture, drawing })
        return makeGif(JSON.stringify([drawing.preset, drawing.mark]).slice(0, 200))
      },
    },
    path: '/api/images/view',
    now,
    logger: { error: () => undefined },
    ...options,
  })
  const get = (url: string, init?: RequestInit) => gateway.view(toToken(url), toRequest(url, init))
  const post = (url: string) => gateway.redeem(toToken(url), toRequest(url, { method: 'POST' }))
  return { gateway, store, image, clock, grants, drawn, get, post }
}

/** The last segment of an address. */
export function toToken(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1)
}

export async function addReady(
  store: ImagesStore,
  changes: Partial<ImageRecord> = {},
): Promise<ImageRecord> {
  const record = sampleRecord({ state: 'ready', cloudflareId: crypto.randomUUID(), ...changes })
  return (await store.records.create(record, beside)).record
}

/** Draws one pixel into a GIF that carries a comment, so that its bytes are like no other's. */
export function makeGif(comment: string): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(comment).slice(0, 250)
  const head = [0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255]
  const image = [0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3b]
  return new Uint8Array([...head, 0x21, 0xfe, text.length, ...text, 0, ...image])
}

function toRequest(url: string, init?: RequestInit): Request {
  return new Request(new URL(url, 'https://app.example'), init)
}

function toPolicy(grants: Grants): PolicyEngine {
  return {
    async check({ id }, action) {
      const allowed = grants.actions.get(id)?.includes(action) ?? false
      if (!allowed) return { allowed, by: 'no-grant' }
      return { allowed, by: 'table', obligations: grants.obligations }
    },
    scope: async () => [],
  }
}
