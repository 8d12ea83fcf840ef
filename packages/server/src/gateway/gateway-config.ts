import type { PolicyEngine } from '../access/policy-engine.ts'
import type { Principal } from '../access/principal.ts'
import type { FetchPicture } from '../delivery/fetch-picture.ts'
import type { RenditionCache } from '../delivery/rendition-cache.ts'
import { checkNumber } from '../read-config.ts'
import type { Range } from '../read-config.ts'
import { defaultSurroundings } from '../surroundings.ts'
import type { Surroundings } from '../surroundings.ts'
import type { ImagesStore } from '../uploads/store.ts'
import { defaultLandingWords } from './landing-page.ts'
import type { LandingWords } from './landing-page.ts'
import type { Renderer } from './renderer.ts'
import { checkPreset } from './rendition-preset.ts'
import type { RenditionPreset } from './rendition-preset.ts'
import type { ViewKeys } from './view-keys.ts'
import { checkPlan } from './watermark-plan.ts'
import type { WatermarkPlan } from './watermark-plan.ts'

/** Whom a picture is shown to: a principal of the app, or whoever has a link that one of them gave away. */
export type Viewer =
  | { readonly type: 'principal'; readonly principal: Principal }
  | {
      readonly type: 'share'
      /** The principal that gave it away. */
      readonly principal: Principal
      readonly shareId: string
      /** The app's id of whom it is for. */
      readonly label: string | null
    }

export interface GatewayOptions extends Partial<
  Pick<Surroundings, 'now' | 'randomId' | 'schedule'>
> {
  readonly store: Pick<ImagesStore, 'records' | 'rights'>
  readonly policy: PolicyEngine
  readonly keys: ViewKeys
  /** Who makes the tokens, and for whom: no other service with the same keys may take them for its own. */
  readonly issuer: string
  readonly audience: string
  /** The minter as of today, for rights that are read on every view; null: gone. @default its id and the tenant in the token, no groups */
  readonly findPrincipal?: (id: string) => Promise<Principal | null>
  /** Of a named variant kept for the gateway: as wide as the widest preset, `fit: scale-down`, `metadata: none`. */
  readonly source: FetchPicture
  readonly presets: Readonly<Record<string, RenditionPreset>>
  readonly plans: Readonly<Record<string, WatermarkPlan>>
  /** The pictures that plans name by `src`. @default none */
  readonly overlays?: Readonly<Record<string, Uint8Array>>
  /** Which plan a principal gets whom the policy obliges to a mark; null: none, so it gets no picture. @default `premium` for that tier, else `free` */
  readonly choosePlan?: (principal: Principal) => string | null
  /** What stands for `{viewer}` in a text. @default the id of the principal, or the label or id of the link */
  readonly describeViewer?: (viewer: Viewer) => string | Promise<string>
  readonly renderer: Renderer
  /** @default none: each view is drawn */
  readonly cache?: RenditionCache
  /** Where views are mounted as browsers see it, such as `/api/images/view`. */
  readonly path: string
  /** How long a view lives at the least; at the most half as long again. @default 300000 */
  readonly viewMs?: number
  /** How long a link lives that is given away, unless asked otherwise. @default 300000 */
  readonly shareMs?: number
  /** The longest that may be asked for. @default 7 days */
  readonly maxShareMs?: number
  /** How many pictures are drawn at once. @default 4 */
  readonly concurrency?: number
  /** How many may wait for that; further ones are answered 503. @default 16 */
  readonly queue?: number
  /** How long a picture may take to be fetched and drawn. @default 20000 */
  readonly drawMs?: number
  /** @default 30 MB */
  readonly maxSourceBytes?: number
  readonly landingWords?: LandingWords
  /** Told what went wrong and stopped nobody but one viewer. @default console */
  readonly logger?: { readonly error: (message: string, error: unknown) => void }
}

/** What has no default. */
type Absent = 'cache' | 'findPrincipal'

export type GatewayConfig = Required<Omit<GatewayOptions, Absent>> & Pick<GatewayOptions, Absent>

const SECOND_MS = 1000
const YEAR_MS = 365 * 86_400_000
const lifetime: Range = { min: SECOND_MS, max: YEAR_MS }

const ranges = {
  viewMs: lifetime,
  shareMs: lifetime,
  maxShareMs: lifetime,
  concurrency: { min: 1, max: 1000, whole: true },
  queue: { min: 0, max: 100_000, whole: true },
  drawMs: { min: 1, max: 600_000 },
  maxSourceBytes: { min: 1, max: Number.MAX_SAFE_INTEGER },
} satisfies Readonly<Record<string, Range>>

/** Puts the defaults under what the caller gave, and checks it. @throws TypeError or RangeError that names what is wrong. */
export function toGatewayConfig(options: GatewayOptions): GatewayConfig {
  const config: GatewayConfig = {
    overlays: {},
    choosePlan: ({ tier }) => (tier === 'premium' ? 'premium' : 'free'),
    describeViewer: describe,
    viewMs: 300_000,
    shareMs: 300_000,
    maxShareMs: 7 * 86_400_000,
    concurrency: 4,
    queue: 16,
    drawMs: 20_000,
    maxSourceBytes: 30_000_000,
    landingWords: defaultLandingWords,
    logger: { error: (message, error) => console.error(message, error) },
    ...defaultSurroundings,
    ...options,
  }
  check(config)
  return config
}

function check(config: GatewayConfig): void {
  const { issuer, audience, path, presets, plans, overlays } = config
  for (const [name, range] of Object.entries(ranges))
    checkNumber(name, Reflect.get(config, name), range)
  if (issuer === '' || audience === '')
    throw new TypeError('issuer and audience must not be empty.')
  if (!/^(?:https?:\/\/[^/]+)?\/[^?#]*[^/?#]$/.test(path)) {
    throw new TypeError('path must begin with / and not end with it, such as /api/images/view.')
  }
  for (const [id, preset] of Object.entries(presets)) checkPreset(id, preset)
  for (const [id, plan] of Object.entries(plans)) {
    checkPlan(id, plan)
    if (plan.type === 'text' || Object.hasOwn(overlays, plan.src)) continue
    throw new TypeError(
      `The watermark plan "${id}" needs an overlay "${plan.src}": hand its bytes in as overlays.`,
    )
  }
}

const LINK_ID_LENGTH = 8

function describe(viewer: Viewer): string {
  if (viewer.type === 'principal') return viewer.principal.id
  return viewer.label ?? `link ${viewer.shareId.slice(0, LINK_ID_LENGTH)}`
}
