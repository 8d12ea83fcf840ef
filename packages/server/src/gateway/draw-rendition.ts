import { ImagesError } from '@lightfast/core'
import { toRasterType } from '../delivery/raster-type.ts'
import type { Rendition } from '../delivery/rendition-cache.ts'
import { refuse } from '../resilience/refuse.ts'
import { settleWithin } from '../resilience/settle-within.ts'
import type { Reject } from '../resilience/settle-within.ts'
import type { HeldRight } from './check-right.ts'
import type { GatewayContext } from './gateway-context.ts'
import { writeMark } from './mark-words.ts'
import { openSource } from './open-source.ts'
import type { Mark } from './renderer.ts'

/** A rendition that is planned, and its name. */
export interface PlannedRendition {
  readonly key: string
  readonly held: HeldRight
  readonly words: string | null
}

/** Tells what a right shows, word for word, and names it. */
export async function planRendition(
  context: GatewayContext,
  held: HeldRight,
): Promise<PlannedRendition> {
  const { record, preset, plan } = held
  const words = plan?.type === 'text' ? await describe(context, held, plan.text) : null
  const overlayHash = plan?.type === 'image' ? await context.hashOverlay(plan.src) : null
  const { id: imageId, cloudflareId } = record
  const key = await context.toKey({ imageId, cloudflareId, preset, plan, overlayHash, words })
  return { key, held, words }
}

/** Gets a rendition: from the cache, from whoever is drawing it at this moment, or drawn in its turn. */
export async function getRendition(
  context: GatewayContext,
  planned: PlannedRendition,
  signal: AbortSignal,
): Promise<Rendition> {
  const { config, flights, inTurn } = context
  const find = async (all: AbortSignal): Promise<Rendition> =>
    (await config.cache?.get(planned.key)) ?? inTurn(() => drawInTime(context, planned, all))
  return flights.join(planned.key, find, signal)
}

async function describe(
  { config }: GatewayContext,
  { right, minter }: HeldRight,
  template: string,
): Promise<string> {
  const viewer = await config.describeViewer(
    right.kind === 'view'
      ? { type: 'principal', principal: minter }
      : { type: 'share', principal: minter, shareId: right.id, label: right.label },
  )
  return writeMark(template, { viewer, issuedAt: right.issuedAt })
}

/** Whatever source and renderer do, the place in line is free again when the time is over. */
async function drawInTime(
  context: GatewayContext,
  planned: PlannedRendition,
  signal: AbortSignal,
): Promise<Rendition> {
  const { schedule, drawMs } = context.config
  const attempt = new AbortController()
  const limits = { schedule, ms: drawMs, signal, onTime: tellLate }
  return settleWithin<Rendition>(limits, (resolve, reject) => {
    draw(context, planned, attempt.signal).then(resolve, reject)
    return (reason) => attempt.abort(reason)
  })
}

async function draw(
  { config }: GatewayContext,
  { key, held, words }: PlannedRendition,
  signal: AbortSignal,
): Promise<Rendition> {
  const { source, renderer, cache, maxSourceBytes: maxBytes, now } = config
  const picture = await openSource(source, held.record, { maxBytes, signal })
  const mark = toMark(held, words, config.overlays)
  const bytes = await renderer.render(picture, { preset: held.preset, mark, signal })
  const rendition = { bytes, contentType: toContentType(bytes), storedAt: now() }
  await cache?.put(key, rendition)
  return rendition
}

function toMark(
  { plan }: HeldRight,
  words: string | null,
  overlays: Readonly<Record<string, Uint8Array>>,
): Mark | null {
  if (plan === null) return null
  if (plan.type === 'text') return { ...plan, words: words ?? '' }
  const overlay = overlays[plan.src]
  if (overlay) return { ...plan, overlay }
  throw new TypeError(`There is no overlay "${plan.src}".`)
}

/** By the bytes: a renderer may have had its own idea of the format. */
function toContentType(bytes: Uint8Array<ArrayBuffer>): string {
  const type = toRasterType(bytes)
  if (type !== undefined) return type
  throw new ImagesError('server_failed', 'The renderer made something that is no picture.')
}

const RETRY_AFTER_MS = 5000

function tellLate(_: unknown, reject: Reject): void {
  const message = 'Drawing this picture took too long. Try again in a moment.'
  reject(refuse('client_busy', message, { retryAfterMs: RETRY_AFTER_MS }))
}
