/** The gateway: our own route for pictures with a mark on them. From a token by way of a source to a stream. */
import type { ShareImage, SignedUrl } from '@lightfast/core'
import type { Principal } from '../access/principal.ts'
import type { Rendition } from '../delivery/rendition-cache.ts'
import type { ImageRecord } from '../uploads/record.ts'
import { toGatewayConfig } from './gateway-config.ts'
import type { GatewayOptions } from './gateway-config.ts'
import type { GatewayContext } from './gateway-context.ts'
import { mintShare, mintView } from './mint.ts'
import type { WantedView } from './mint.ts'
import { createRenderQueue } from './render-queue.ts'
import { createRenditionKeys, hash } from './rendition-key.ts'
import { answerView, redeem } from './serve.ts'
import { createSingleFlight } from './single-flight.ts'
import { createViewTokens } from './view-token.ts'

export interface Gateway {
  /**
   * Gives the address of a rendition to a principal, after asking the policy (`view`). It carries the plan that its
   * decision obliges to, and none otherwise unless asked.
   * @throws ImagesError `not_found`, `forbidden`, `invalid_request`, or `upload_conflict` while the image is not ready.
   */
  readonly mint: (
    principal: Principal,
    image: ImageRecord,
    wanted: WantedView,
  ) => Promise<SignedUrl>
  /** Makes a link for whoever has it, after asking the policy (`share`). It rejects as `mint` does. */
  readonly share: (
    principal: Principal,
    image: ImageRecord,
    wanted: ShareImage,
  ) => Promise<SignedUrl>
  /**
   * Answers a GET or HEAD of `view/:token`: the picture, 304, or the landing page of a one-time link.
   * @throws ImagesError `not_found` for whatever gives no right at this moment, `client_busy` beyond what can be drawn at
   * once, or what came of the source.
   */
  readonly view: (token: string, request: Request) => Promise<Response>
  /** Answers a POST of `view/:token`: the picture of a one-time link, to the first who asks. It rejects as `view` does. */
  readonly redeem: (token: string, request: Request) => Promise<Response>
}

/** Makes a gateway. @throws TypeError or RangeError that names the option that is wrong. */
export function createGateway(options: GatewayOptions): Gateway {
  const config = toGatewayConfig(options)
  const context: GatewayContext = {
    config,
    tokens: createViewTokens(config),
    flights: createSingleFlight<Rendition>(),
    inTurn: createRenderQueue(config),
    toKey: createRenditionKeys(),
    hashOverlay: createOverlayHashes(config.overlays),
  }
  return {
    mint: (principal, image, wanted) => mintView(context, principal, { image, wanted }),
    share: (principal, image, wanted) => mintShare(context, principal, { image, wanted }),
    view: (token, request) => answerView(context, token, request),
    redeem: (token, request) => redeem(context, token, request),
  }
}

/** Each overlay is hashed once, when it is first asked about. */
function createOverlayHashes(
  overlays: Readonly<Record<string, Uint8Array>>,
): (src: string) => Promise<string> {
  const known = new Map<string, Promise<string>>()
  return function hashOverlay(src) {
    const found = known.get(src)
    if (found) return found
    const hashed = hash(new Uint8Array(overlays[src] ?? []))
    known.set(src, hashed)
    return hashed
  }
}
