import { hasUnchanged } from '../delivery/has-unchanged.ts'
import { checkRight, toNoPicture } from './check-right.ts'
import type { HeldRight } from './check-right.ts'
import { getRendition, planRendition } from './draw-rendition.ts'
import type { GatewayContext } from './gateway-context.ts'
import { answerLanding } from './landing-page.ts'
import { answerPicture, answerUnchanged } from './picture-response.ts'
import type { Keeping } from './picture-response.ts'

/** Answers a GET or a HEAD of a token. */
export async function answerView(
  context: GatewayContext,
  token: string,
  request: Request,
): Promise<Response> {
  const held = await checkRight(context, token)
  const answer = isOnce(held)
    ? await answerLanding(context.config.landingWords)
    : await answerHeld(context, held, request)
  return request.method === 'HEAD' ? new Response(null, answer) : answer
}

/**
 * Answers a POST of a one-time token. The picture is there before the right is used up, so that a failure on the way costs
 * nobody a right; of all who then ask for it, the store lets one through.
 */
export async function redeem(
  context: GatewayContext,
  token: string,
  request: Request,
): Promise<Response> {
  const held = await checkRight(context, token)
  if (!isOnce(held)) throw toNoPicture()
  const planned = await planRendition(context, held)
  const rendition = await getRendition(context, planned, request.signal)
  const { right } = held
  const turn = await context.config.store.rights.consume(`share:${right.id}`, right.expiresAt)
  if (turn !== 'first') throw toNoPicture()
  return answerPicture(rendition, { etag: toEtag(planned.key), maxAgeMs: 0 })
}

async function answerHeld(
  context: GatewayContext,
  held: HeldRight,
  request: Request,
): Promise<Response> {
  const planned = await planRendition(context, held)
  const keeping = toKeeping(context, held, planned.key)
  if (hasUnchanged(request, keeping.etag)) return answerUnchanged(keeping)
  return answerPicture(await getRendition(context, planned, request.signal), keeping)
}

/** No longer than the token lives, and of a long link no longer than a view: what is taken back is soon gone. */
function toKeeping({ config }: GatewayContext, { right }: HeldRight, key: string): Keeping {
  const maxAgeMs = Math.min(right.expiresAt - config.now(), config.viewMs)
  return { etag: toEtag(key), maxAgeMs }
}

const toEtag = (key: string): string => `"${key}"`

type OneTimeShare = HeldRight & {
  readonly right: Extract<HeldRight['right'], { readonly kind: 'share' }>
}

function isOnce(held: HeldRight): held is OneTimeShare {
  return held.right.kind === 'share' && held.right.uses === 'once'
}
