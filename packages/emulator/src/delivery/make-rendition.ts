import { notEmulated } from '../refusal.ts'
import { InvalidSvgError } from '../svg/invalid-svg-error.ts'
import { sanitizeSvg } from '../svg/sanitize-svg.ts'
import { planResize } from '../transform/plan-resize.ts'
import { undecodable } from '../transform/refuse.ts'
import { createRendition } from './rendition.ts'
import type { Picture, Pixels } from '../pixels.ts'
import type { EmulatorSettings } from '../settings.ts'
import type { StoredFile } from '../store.ts'
import type { Plan, Source } from '../transform/plan-resize.ts'
import type { TransformOptions } from '../transform/transform-options.ts'
import type { Accepted } from './negotiate.ts'
import type { RenderConfig } from './render.ts'
import type { Rendition } from './rendition.ts'

/** What is wanted of a file once the headers had their say. */
export interface Wanted {
  readonly options: TransformOptions
  readonly accepted: Accepted
}

/** Above this an animation is sent as it came: https://developers.cloudflare.com/images/get-started/limits/ */
const MAX_ANIMATED_AREA = 50_000_000

/** Makes what is wanted of a file; a drawing is never changed in size and ignores every option. */
export async function makeRendition(
  file: StoredFile,
  wanted: Wanted,
  { pixels, settings }: RenderConfig,
): Promise<Rendition> {
  const { bytes, type, picture } = file
  if (type === 'image/svg+xml') return createRendition(sanitize(bytes, settings), type)
  if (!pixels || !picture) throw notEmulated('Resizing without a pixels port')
  const isJson = wanted.options.format === 'json'
  if (!isJson && isTooMuchMotion(picture)) return createRendition(bytes, type)
  const content = await findContent(bytes, wanted.options, pixels)
  const source: Source = { picture, type, ...(content && { content }) }
  const plan = planResize(source, wanted, settings)
  if (isJson) return createRendition(describe(file, picture, plan), 'application/json')
  return createRendition(await pixels.resize(bytes, plan.resize), plan.resize.encoding.type)
}

function sanitize(bytes: Uint8Array, settings: EmulatorSettings): Uint8Array<ArrayBuffer> {
  try {
    return new TextEncoder().encode(sanitizeSvg(new TextDecoder().decode(bytes)))
  } catch (error) {
    if (error instanceof InvalidSvgError) throw undecodable(error.message, settings)
    throw error
  }
}

const isTooMuchMotion = ({ width, height, frames }: Picture): boolean =>
  frames > 1 && width * height * frames > MAX_ANIMATED_AREA

async function findContent(
  bytes: Uint8Array,
  { border, dpr = 1 }: TransformOptions,
  pixels: Pixels,
): Promise<Source['content']> {
  if (!border) return undefined
  if (!pixels.findContent) throw notEmulated('trim=border with this pixels port')
  return pixels.findContent(bytes, { ...border, keep: Math.round(border.keep * dpr) })
}

/** Speaks of the picture instead of showing it, in the shape Cloudflare's own mock gives. */
function describe(file: StoredFile, picture: Picture, { size }: Plan): Uint8Array<ArrayBuffer> {
  const { width, height } = picture
  const original = { file_size: file.bytes.length, width, height, format: file.type }
  return new TextEncoder().encode(JSON.stringify({ ...size, original }))
}
