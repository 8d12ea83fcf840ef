/** The gateway of the demo: what others see of a visitor's photos comes from it, with a mark. */
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  createGateway,
  createDeliverySource,
  createViewKeys,
  defaultWatermarkPlans,
} from '@lightfast/server'
import type { Gateway, ImagesStore, PolicyEngine, SigningKey, Viewer } from '@lightfast/server'
import { openFolderRenditionCache } from '@lightfast/server/node'
import { createSharpRenderer } from '@lightfast/server/sharp'
import sharp from 'sharp'
import { findPrincipal, nameOf } from './accounts.ts'
import type { ImageHost } from './image-host.ts'
import { sourceVariant, viewPresets } from './variants.ts'

export interface GatewayParts {
  readonly host: ImageHost
  readonly store: ImagesStore
  readonly policy: PolicyEngine
  readonly signingKey: SigningKey
  /** The folder of the demo's data. */
  readonly dataPath: string
}

const KEY_BYTES = 32
const CACHE_BYTES = 200_000_000

/** Opens the gateway, with its key and its finished pictures in the data folder. */
export async function openGateway(parts: GatewayParts): Promise<Gateway> {
  const { host, store, policy, signingKey, dataPath } = parts
  const { accountHash, deliveryOrigin } = host
  const secret = readKey(join(dataPath, 'view.key'))
  return createGateway({
    store,
    policy,
    keys: await createViewKeys([{ kid: 'demo', alg: 'HS256', secret }]),
    issuer: 'lightfast-demo',
    audience: 'lightfast-demo',
    findPrincipal: async (id) => findPrincipal(id),
    source: createDeliverySource({
      accountHash,
      signingKey,
      variant: sourceVariant,
      ...(deliveryOrigin !== undefined && { origin: deliveryOrigin }),
    }),
    presets: viewPresets,
    plans: defaultWatermarkPlans,
    overlays: { logo: await drawLogo() },
    describeViewer,
    renderer: createSharpRenderer(),
    cache: await openFolderRenditionCache({
      path: join(dataPath, 'renditions'),
      maxBytes: CACHE_BYTES,
    }),
    path: '/api/images/view',
  })
}

/** The people to whom a visitor can give a link. The link has only their ids. */
const friends: Readonly<Record<string, string>> = {
  press: 'the press',
  client: 'a client',
  printer: 'the print shop',
}

function describeViewer(viewer: Viewer): string {
  if (viewer.type === 'principal') return nameOf(viewer.principal.id) ?? 'a viewer'
  return friends[viewer.label ?? ''] ?? 'whoever has the link'
}

/** A lamp that does not fade: a ring and its rays. */
function drawLogo(): Promise<Uint8Array> {
  const rays = Array.from(
    { length: 12 },
    (_, at) => `<path d="M120 22v26" transform="rotate(${at * 30} 120 120)"/>`,
  ).join('')
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="240" height="240" fill="none" stroke-linecap="round">
    <g stroke="black" stroke-opacity="0.5" stroke-width="18"><circle cx="120" cy="120" r="44"/>${rays}</g>
    <g stroke="white" stroke-width="10"><circle cx="120" cy="120" r="44"/>${rays}</g>
  </svg>`
  return sharp(Buffer.from(svg)).png().toBuffer()
}

function readKey(path: string): Uint8Array {
  if (!existsSync(path)) writeFileSync(path, randomBytes(KEY_BYTES), { mode: 0o600, flag: 'wx' })
  return readFileSync(path)
}
