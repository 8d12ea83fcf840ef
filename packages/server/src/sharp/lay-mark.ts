import sharp from 'sharp'
import type { OverlayOptions, Sharp } from 'sharp'
import type { Size } from '../gateway/fit-picture.ts'
import { placeMark, toMarkScale } from '../gateway/place-mark.ts'
import type { Mark } from '../gateway/renderer.ts'
import { drawMark } from './draw-mark.ts'
import type { Font } from './find-default-font.ts'
import { openPixels, settle, toRaw } from './pixels.ts'
import type { Pixels } from './pixels.ts'

export interface Ground {
  /** The size of one frame. */
  readonly picture: Size
  readonly frames: number
  readonly getFont: () => Font
}

/** Draws a mark and tells where it goes on a frame. */
export async function layMark(
  mark: Mark,
  { picture, frames, getFont }: Ground,
): Promise<OverlayOptions> {
  const scale = toMarkScale(picture, mark)
  const pixels = await drawMark(mark, { scale, picture, getFont })
  const { place } = mark
  if (place.at !== 'tile') {
    return toOverlay(pixels, placeMark(pixels, { picture, place, scale, edge: pixels.edge }))
  }
  const cell = await drawCell(pixels, { gap: Math.round(place.gap * scale), picture })
  const tiles = { ...toOverlay(cell, { left: 0, top: 0 }), tile: true }
  if (frames === 1) return tiles
  // Repeated over stacked frames, it would jump from one to the next.
  return toOverlay(await settle(createCanvas(picture).composite([tiles])), { left: 0, top: 0 })
}

function toOverlay(
  pixels: Pixels,
  { left, top }: { readonly left: number; readonly top: number },
): OverlayOptions {
  return { input: pixels.data, raw: toRaw(pixels), left, top }
}

/**
 * Draws what is repeated, no larger than the picture: two rows, of which the second begins half a step later. A mark that
 * sticks out at the right comes in again at the left.
 */
async function drawCell(
  mark: Pixels,
  { gap, picture }: { readonly gap: number; readonly picture: Size },
): Promise<Pixels> {
  const [width, height] = [mark.width + gap, mark.height + gap]
  const half = Math.floor(width / 2)
  const places = [
    { left: 0, top: 0 },
    { left: half, top: height },
    { left: half - width, top: height },
  ]
  const canvas = createCanvas({ width, height: 2 * height })
  const rows = await settle(canvas.composite(places.map((place) => toOverlay(mark, place))))
  const part = {
    width: Math.min(width, picture.width),
    height: Math.min(2 * height, picture.height),
  }
  return settle(openPixels(rows).extract({ left: 0, top: 0, ...part }))
}

function createCanvas(size: Size): Sharp {
  return sharp({ create: { ...size, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
}
