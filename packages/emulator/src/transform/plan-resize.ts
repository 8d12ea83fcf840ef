import { notEmulated } from '../refusal.ts'
import { chooseEncoding } from './choose-encoding.ts'
import { cutRegion } from './cut-region.ts'
import { layOut } from './lay-out.ts'
import { tooLarge } from './refuse.ts'
import { toneCurve } from './tone-curve.ts'
import type { Accepted } from '../delivery/negotiate.ts'
import type { Frame, Picture, RasterType, Region, Resize, Size } from '../pixels.ts'
import type { EmulatorSettings } from '../settings.ts'
import type { StoredFile } from '../store.ts'
import type { Colour } from './css-colour.ts'
import type { Layout } from './lay-out.ts'
import type { TransformOptions } from './transform-options.ts'

/** What a plan is made from. */
export interface Source {
  readonly picture: Picture
  readonly type: Exclude<StoredFile['type'], 'image/svg+xml'>
  /** What is left without its border, if that was asked for. */
  readonly content?: Region
}

/** A plan and what will measure how much. */
export interface Plan {
  readonly resize: Resize
  readonly size: Size
}

/** Limits of a picture: https://developers.cloudflare.com/images/get-started/limits/ */
const MAX_SIDE = 12_000
const MAX_AREA = 100_000_000

/** Limits of a picture before it is cropped: ours, so that memory stays bounded. */
const MAX_SCALED_SIDE = 100_000
const MAX_SCALED_AREA = 2 * MAX_AREA

/**
 * Works out every size, place and colour of a transformation, in the order of the URL interface: cut, flip, rotate,
 * scale, crop or pad, then the effects.
 * https://developers.cloudflare.com/images/optimization/features/
 */
export function planResize(
  source: Source,
  asked: { readonly options: TransformOptions; readonly accepted: Accepted },
  settings: EmulatorSettings,
): Plan {
  const { options, accepted } = asked
  const cut = findCut(source, options, settings)
  const visible = turned(cut ?? source.picture, options)
  const layout = layOut(visible, ...fitOf(options))
  const { scale, frame, size } = layout
  const count = options.anim === false ? 1 : source.picture.frames
  const encoding = chooseEncoding(accepted, { type: source.type, size, frames: count }, options)
  const frames = count > 1 && canMove(encoding.type) ? 'all' : 'first'
  // Each frame would find a place of its own.
  if (frames === 'all' && frame.kind === 'salient')
    throw notEmulated('gravity=auto of an animation')
  checkSize(layout, { ...visible, frames: frames === 'all' ? count : 1 }, settings)
  const effects = effectsOf(options, frame, encoding.type)
  return { resize: { frames, ...(cut && { cut }), scale, frame, encoding, ...effects }, size }
}

const canMove = (type: RasterType): boolean => type === 'image/gif' || type === 'image/webp'

function findCut(
  { picture, content }: Source,
  { trim, dpr = 1 }: TransformOptions,
  settings: EmulatorSettings,
): Region | undefined {
  if (!trim) return content
  const cut = cutRegion(picture, trim, dpr)
  if (!cut) throw tooLarge('The image has width or height of size 0', settings)
  return cut
}

const turned = ({ width, height }: Size, { rotate }: TransformOptions): Size =>
  rotate === 90 || rotate === 270 ? { width: height, height: width } : { width, height }

function fitOf({
  fit = 'scale-down',
  dpr = 1,
  gravity,
  width,
  height,
}: TransformOptions): [Parameters<typeof layOut>[1], TransformOptions['gravity']] {
  const times = (side: number): number => Math.max(1, Math.round(side * dpr))
  const across = width === undefined ? {} : { width: times(width) }
  const down = height === undefined ? {} : { height: times(height) }
  return [{ fit, ...across, ...down }, gravity]
}

function effectsOf(options: TransformOptions, frame: Frame, type: RasterType): Partial<Resize> {
  const { flip, rotate, blur, sharpen, saturation } = options
  const background = groundOf(options, frame, type)
  const tone = toneCurve(options)
  return {
    ...(flip && { flip }),
    ...(rotate && { rotate }),
    ...(background && { background }),
    ...(blur && { blur }),
    ...(sharpen && { sharpen }),
    ...(saturation !== undefined && saturation !== 1 && { saturation }),
    ...(tone && { tone }),
  }
}

/** White lies under what a JPEG cannot show and beside what is padded. */
function groundOf(
  { background }: TransformOptions,
  frame: Frame,
  type: RasterType,
): Resize['background'] {
  if (type === 'image/jpeg') return background ? overWhite(background) : white
  return background ?? (frame.kind === 'padded' ? white : undefined)
}

const white: Colour = { r: 255, g: 255, b: 255, alpha: 1 }

function overWhite({ r, g, b, alpha }: Colour): Colour {
  const mix = (channel: number): number => Math.round(channel * alpha + 255 * (1 - alpha))
  return { r: mix(r), g: mix(g), b: mix(b), alpha: 1 }
}

/** What is made on the way counts too: a sliver that covers a square is larger before it is cropped than after. */
function checkSize({ size, scale }: Layout, picture: Picture, settings: EmulatorSettings): void {
  const isEnlarged = size.width > picture.width || size.height > picture.height
  if (isEnlarged && !isWithin(size, MAX_SIDE, MAX_AREA)) throw enlarged(size, settings)
  const { frames } = picture
  if (!isWithin(size, Infinity, MAX_AREA / frames)) {
    const reason = `Animation resolution is ${size.width}×${size.height}`
    throw tooLarge(`The animation is too large. ${reason}`, settings)
  }
  if (!isWithin(scale, MAX_SCALED_SIDE, MAX_SCALED_AREA / frames)) throw enlarged(scale, settings)
}

const isWithin = ({ width, height }: Size, side: number, area: number): boolean =>
  Math.max(width, height) <= side && width * height <= area

const enlarged = ({ width, height }: Size, settings: EmulatorSettings): Error =>
  tooLarge(
    `The image enlarged too much: ${width}×${height}, but maximum dimension allowed is ${MAX_SIDE}`,
    settings,
  )
