import type { Rendition } from '../delivery/rendition-cache.ts'
import type { GatewayConfig } from './gateway-config.ts'
import type { RenderQueue } from './render-queue.ts'
import type { RenditionParts } from './rendition-key.ts'
import type { SingleFlight } from './single-flight.ts'
import type { ViewTokens } from './view-token.ts'

/** What every step of the gateway works with. */
export interface GatewayContext {
  readonly config: GatewayConfig
  readonly tokens: ViewTokens
  readonly flights: SingleFlight<Rendition>
  readonly inTurn: RenderQueue
  readonly toKey: (parts: RenditionParts) => Promise<string>
  /** Of the bytes of an overlay. */
  readonly hashOverlay: (src: string) => Promise<string>
}
