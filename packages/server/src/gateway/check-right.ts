import { ImagesError } from '@lightfast/core'
import type { Principal } from '../access/principal.ts'
import type { ImageRecord } from '../uploads/record.ts'
import type { GatewayContext } from './gateway-context.ts'
import type { RenditionPreset } from './rendition-preset.ts'
import type { RightToView, ViewRight } from './view-right.ts'
import type { WatermarkPlan } from './watermark-plan.ts'

/** A right that holds at this moment, and all that it is about. */
export interface HeldRight {
  readonly right: ViewRight
  readonly record: ImageRecord & { readonly cloudflareId: string }
  /** As of today. */
  readonly minter: Principal
  readonly preset: RenditionPreset
  readonly plan: WatermarkPlan | null
}

/**
 * Reads a right anew, as on every view: the token, the record, what was taken back, and whether its minter still has it.
 * @throws ImagesError `not_found`, the same for every reason: whoever merely holds a token learns nothing from it.
 */
export async function checkRight(context: GatewayContext, token: string): Promise<HeldRight> {
  const right = await context.tokens.verify(token)
  const held = right && (await hold(context, right))
  if (!held) throw toNoPicture()
  return held
}

/** The one refusal of a bearer. */
export function toNoPicture(): ImagesError {
  return new ImagesError(
    'not_found',
    'There is no such picture, or this link no longer holds. Ask whoever gave it to you for a fresh one.',
  )
}

/** Reads how often the rights to an image, and those of whoever gives them, were taken back. */
export async function readEpochs(
  { config }: GatewayContext,
  { imageId, minterId }: Pick<RightToView, 'imageId' | 'minterId'>,
): Promise<RightToView['epochs']> {
  const [image = 0, minter = 0] = await config.store.rights.epochs([
    `image:${imageId}`,
    `viewer:${minterId}`,
  ])
  return [image, minter]
}

async function hold(context: GatewayContext, right: ViewRight): Promise<HeldRight | undefined> {
  const { presets, plans, store } = context.config
  const preset = Object.hasOwn(presets, right.preset) ? presets[right.preset] : undefined
  const plan = right.plan === null ? null : findPlan(plans, right.plan)
  if (!preset || plan === undefined) return undefined
  const record = await store.records.find(right.imageId)
  if (!record || !isReady(record)) return undefined
  const [minter, epochs] = await Promise.all([
    findMinter(context, right),
    readEpochs(context, right),
  ])
  if (!minter || epochs.some((epoch, at) => epoch !== right.epochs[at])) return undefined
  const decision = await context.config.policy.check(minter, right.kind, record)
  if (!decision.allowed) return undefined
  if (plan === null && decision.obligations.includes('watermark')) return undefined
  return { right, record, minter, preset, plan }
}

function isReady(record: ImageRecord): record is HeldRight['record'] {
  return record.state === 'ready' && record.cloudflareId !== null
}

function findPlan(
  plans: Readonly<Record<string, WatermarkPlan>>,
  id: string,
): WatermarkPlan | undefined {
  return Object.hasOwn(plans, id) ? plans[id] : undefined
}

/** A minter that cannot be found has no rights, and why is for the log. */
async function findMinter(
  { config: { findPrincipal, logger } }: GatewayContext,
  { minterId, tenantId }: RightToView,
): Promise<Principal | null> {
  if (!findPrincipal) return { id: minterId, tenantId }
  try {
    return await findPrincipal(minterId)
  } catch (error) {
    logger.error('lightfast: findPrincipal failed, so a view was refused', error)
    return null
  }
}
