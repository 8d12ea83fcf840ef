import sharp from 'sharp'
import { lightOf } from '../gateway/mark-look.ts'
import { openPixels, toRaw } from './pixels.ts'
import type { Pixels } from './pixels.ts'

/** How dark a shade is at its darkest, as a share of the mark that throws it. */
const STRENGTH = 0.55
/** Three times its width, a shade has faded. */
const REACH = 3

/** Less than that is no shade but dirt, on a mark of a few pixels. */
const MIN_SIGMA = 0.3

/** Puts a soft shade of the opposite around a mark, so that it can be seen on any ground. The mark grows by its edge. */
export async function shade(
  mark: Pixels,
  sigma: number,
): Promise<Pixels & { readonly edge: number }> {
  if (sigma < MIN_SIGMA) return { ...mark, edge: 0 }
  const edge = Math.ceil(REACH * sigma)
  const wide = await openPixels(mark)
    .extend({ top: edge, bottom: edge, left: edge, right: edge, background: '#0000' })
    .raw()
    .toBuffer({ resolveWithObject: true })
  const { width, height } = wide.info
  const size = { width, height }
  const { data: spread } = await sharp(wide.data, { raw: toRaw(size) })
    .extractChannel(3)
    .blur(sigma)
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { ...size, edge, data: lay(wide.data, spread, isLight(mark) ? 0 : 255) }
}

/** A shade is beneath its mark. */
function lay(mark: Buffer, spread: Buffer, ground: number): Buffer {
  const laid = Buffer.alloc(mark.length)
  for (let at = 0; at < mark.length; at += 4) {
    const ink = (mark[at + 3] ?? 0) / 255
    const shadow = (1 - ink) * Math.min(1, (2 * (spread[at / 4] ?? 0)) / 255) * STRENGTH
    const alpha = ink + shadow
    if (alpha === 0) continue
    for (let channel = at; channel < at + 3; channel += 1) {
      laid[channel] = Math.round(((mark[channel] ?? 0) * ink + ground * shadow) / alpha)
    }
    laid[at + 3] = Math.round(255 * alpha)
  }
  return laid
}

/** Only the parts that can be seen count. */
function isLight({ data }: Pixels): boolean {
  let [light, ink] = [0, 0]
  for (let at = 0; at < data.length; at += 4) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray(at, at + 4)
    light += lightOf(red, green, blue) * alpha
    ink += alpha
  }
  return light > 127 * ink
}
