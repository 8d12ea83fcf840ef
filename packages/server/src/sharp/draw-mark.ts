import sharp from 'sharp'
import type { Sharp } from 'sharp'
import { toPixels } from '../gateway/fit-picture.ts'
import type { Size } from '../gateway/fit-picture.ts'
import { TEXT_SHADE } from '../gateway/mark-look.ts'
import { toFitting } from '../gateway/place-mark.ts'
import type { Mark } from '../gateway/renderer.ts'
import { drawText } from './draw-text.ts'
import type { Font } from './find-default-font.ts'
import { openPixels, settle, toRaw } from './pixels.ts'
import type { Pixels } from './pixels.ts'
import { shade } from './shade.ts'

export interface MarkScale {
  /** By what the plan's lengths are multiplied. */
  readonly scale: number
  /** What the mark has to fit into. */
  readonly picture: Size
  readonly getFont: () => Font
}

/** A mark, and how much at each edge of it is only shade. */
export interface DrawnMark extends Pixels {
  readonly edge: number
}

/** Draws a mark alone: as large as its plan says or as there is room for, turned, and as opaque as it should be. */
export async function drawMark(mark: Mark, options: MarkScale): Promise<DrawnMark> {
  const { edge, ...drawn } = await drawUpright(mark, options)
  const turned = mark.rotate ? await settle(turn(drawn, mark.rotate)) : drawn
  const fitting = toFitting(turned, options.picture)
  const fitted = fitting < 1 ? await settle(shrink(turned, fitting)) : turned
  const faded = mark.opacity < 1 ? await settle(fade(fitted, mark.opacity)) : fitted
  return { ...faded, edge: Math.round(edge * fitting) }
}

/** Smaller letters than these cannot be drawn well: they are drawn as large, and shrunk. */
const MIN_TEXT_SIZE = 8

/** How far a shade spreads: by the size of the letters, or by the width of an overlay. */
const SHADE = { text: TEXT_SHADE, image: 0.012 }

async function drawUpright(mark: Mark, { scale, picture, getFont }: MarkScale): Promise<DrawnMark> {
  if (mark.type === 'image') {
    const width = toPixels(Math.min(mark.width * scale, picture.width))
    const inside = { width, height: picture.height, fit: 'inside' } as const
    return shade(await settle(sharp(mark.overlay).resize(inside)), SHADE.image * width)
  }
  const { words, color } = mark
  const wanted = mark.size * scale
  const size = Math.max(MIN_TEXT_SIZE, wanted)
  const drawn = await shade(await drawText({ words, color, size }, getFont()), SHADE.text * size)
  const by = wanted / size
  return by < 1 ? { ...(await settle(shrink(drawn, by))), edge: drawn.edge * by } : drawn
}

const nothing = { r: 0, g: 0, b: 0, alpha: 0 }

function turn(pixels: Pixels, degrees: number): Sharp {
  return openPixels(pixels).rotate(degrees, { background: nothing })
}

function shrink(pixels: Pixels, by: number): Sharp {
  const [width, height] = [toPixels(pixels.width * by), toPixels(pixels.height * by)]
  return openPixels(pixels).resize({ width, height, fit: 'fill' })
}

function fade(pixels: Pixels, opacity: number): Sharp {
  const input = Buffer.from([255, 255, 255, Math.round(255 * opacity)])
  const raw = toRaw({ width: 1, height: 1 })
  return openPixels(pixels).composite([{ input, raw, tile: true, blend: 'dest-in' }])
}
