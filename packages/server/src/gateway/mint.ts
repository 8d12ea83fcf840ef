import { ImagesError } from '@lightfast/core'
import type { Action, ShareImage, SignedUrl } from '@lightfast/core'
import type { Decision } from '../access/policy-engine.ts'
import type { Principal } from '../access/principal.ts'
import { bucketExpiry } from '../delivery/sign-url-expiry.ts'
import type { ImageRecord } from '../uploads/record.ts'
import { choosePlan } from './choose-plan.ts'
import { readEpochs } from './check-right.ts'
import type { GatewayContext } from './gateway-context.ts'
import type { RightToView, ViewRight } from './view-right.ts'

export interface WantedView {
  readonly preset: string
  /** @default what the policy's decision obliges to, else none */
  readonly plan?: string
}

const SECOND_MS = 1000

/** Gives a principal the address of a rendition. Equal rights have equal addresses, so that browsers can cache. */
export async function mintView(
  context: GatewayContext,
  principal: Principal,
  { image, wanted }: { readonly image: ImageRecord; readonly wanted: WantedView },
): Promise<SignedUrl> {
  const { viewMs, now } = context.config
  const bucketMs = toSeconds(viewMs / 2)
  const ttlMs = toSeconds(viewMs)
  const expiresAt = bucketExpiry(now(), ttlMs, bucketMs)
  const issuedAt = expiresAt - ttlMs - bucketMs
  const right = await decide(context, principal, { image, wanted, action: 'view' })
  return address(context, { ...right, kind: 'view', issuedAt, expiresAt })
}

/** Makes a link for whoever has it. */
export async function mintShare(
  context: GatewayContext,
  principal: Principal,
  { image, wanted }: { readonly image: ImageRecord; readonly wanted: ShareImage },
): Promise<SignedUrl> {
  const { shareMs, now, randomId } = context.config
  const { ttlMs = shareMs, once = false, label = null } = wanted
  checkShare(context, ttlMs, label)
  const issuedAt = Math.floor(now() / SECOND_MS) * SECOND_MS
  const right = await decide(context, principal, { image, wanted, action: 'share' })
  return address(context, {
    ...right,
    kind: 'share',
    id: randomId(),
    uses: once ? 'once' : 'many',
    label,
    issuedAt,
    expiresAt: issuedAt + toSeconds(ttlMs),
  })
}

interface Asked {
  readonly image: ImageRecord
  readonly wanted: WantedView
  readonly action: Extract<Action, 'view' | 'share'>
}

/** The epochs are read before the policy is asked: what is taken back meanwhile is taken back from this one too. */
async function decide(
  context: GatewayContext,
  principal: Principal,
  { image, wanted, action }: Asked,
): Promise<Omit<RightToView, 'issuedAt' | 'expiresAt'>> {
  const { policy, presets, findPrincipal } = context.config
  const minterId = checkPrincipalId(principal.id)
  const epochs = await readEpochs(context, { imageId: image.id, minterId })
  const decision = await policy.check(principal, action, image)
  if (!decision.allowed) throw await toDenial(context, principal, { image, action })
  if (!Object.hasOwn(presets, wanted.preset)) throw toInvalid('preset', 'There is no such preset.')
  if (image.state !== 'ready')
    throw new ImagesError('upload_conflict', 'This image is not ready yet.')
  const plan = choosePlan(context.config, principal, { decision, wanted: wanted.plan })
  // Only where it will be all that is known of the minter.
  const tenantId = findPrincipal ? null : (principal.tenantId ?? null)
  return { minterId, tenantId, imageId: image.id, preset: wanted.preset, plan, epochs }
}

/** Who may not even see an image is not told that there is one. */
async function toDenial(
  { config: { policy } }: GatewayContext,
  principal: Principal,
  { image, action }: Pick<Asked, 'image' | 'action'>,
): Promise<ImagesError> {
  const seen: Decision | undefined =
    action === 'view' ? undefined : await policy.check(principal, 'view', image)
  if (!seen?.allowed) return new ImagesError('not_found', 'There is no such image.')
  return new ImagesError('forbidden', `You may see this image, but not ${action} it.`)
}

/** Whoever holds a token can read it. */
function checkPrincipalId(id: string): string {
  if (id !== '' && id.length <= 256 && !id.includes('@')) return id
  throw new TypeError(
    'A principal needs an id that tells nobody who it is, and no e-mail address: it is in the view tokens.',
  )
}

function checkShare({ config }: GatewayContext, ttlMs: number, label: string | null): void {
  if (!(ttlMs >= SECOND_MS && ttlMs <= config.maxShareMs)) {
    throw toInvalid('ttlMs', `A link lives from ${SECOND_MS} to ${config.maxShareMs} ms.`)
  }
  if (label !== null && !/^[\w-]{1,64}$/.test(label)) {
    throw toInvalid('label', 'A label is an id of 1 to 64 letters, digits, - or _, and no name.')
  }
}

async function address({ config, tokens }: GatewayContext, right: ViewRight): Promise<SignedUrl> {
  return { url: `${config.path}/${await tokens.sign(right)}`, expiresAt: right.expiresAt }
}

const toSeconds = (ms: number): number => Math.max(1, Math.round(ms / SECOND_MS)) * SECOND_MS

function toInvalid(field: string, message: string): ImagesError {
  return new ImagesError('invalid_request', message, { field })
}
