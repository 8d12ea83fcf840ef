import sharp from 'sharp'
import type { Sharp } from 'sharp'
import type { TextPlan } from '../gateway/watermark-plan.ts'
import type { Font } from './find-default-font.ts'
import type { Pixels } from './pixels.ts'

export interface TextLine {
  readonly words: string
  readonly color: TextPlan['color']
  /** In pixels. */
  readonly size: number
}

/** How wide the shade around a letter is, and how dark, as a share of the letter's size and of the letter. */
const SHADE_WIDTH = 0.09
const SHADE_STRENGTH = 0.6

/** Draws a line of text with a shade of the opposite around it, so that it can be read on any ground. */
export async function drawText({ words, color, size }: TextLine, font: Font): Promise<Pixels> {
  const ink = await drawInk(words, size, font)
  const sigma = size * SHADE_WIDTH
  const edge = Math.ceil(3 * sigma)
  const padded = sharp(ink).extend({
    top: edge,
    bottom: edge,
    left: edge,
    right: edge,
    background: '#000',
  })
  const [letters, shade] = await Promise.all([
    toMask(padded.clone()),
    toMask(padded.clone().blur(sigma)),
  ])
  return colour(letters, shade, toChannels(color))
}

/** White letters on black, as a file: sharp's text is a source of its own. */
function drawInk(words: string, size: number, { family, file }: Font): Promise<Buffer> {
  const text = escapeMarkup(words)
  return sharp({ text: { text, font: `${family} ${size}`, fontfile: file, dpi: 72, wrap: 'none' } })
    .png({ compressionLevel: 0 })
    .toBuffer()
}

interface Mask {
  readonly data: Buffer
  readonly width: number
  readonly height: number
}

async function toMask(image: Sharp): Promise<Mask> {
  const { data, info } = await image.extractChannel(0).raw().toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}

type Channels = readonly [red: number, green: number, blue: number]

function colour({ data, width, height }: Mask, shade: Mask, color: Channels): Pixels {
  const ground = isLight(color) ? 0 : 255
  const pixels = Buffer.alloc(4 * data.length)
  for (let at = 0; at < data.length; at += 1) {
    const letter = (data[at] ?? 0) / 255
    const shadow = (1 - letter) * Math.min(1, ((shade.data[at] ?? 0) / 255) * 1.6) * SHADE_STRENGTH
    const alpha = letter + shadow
    if (alpha === 0) continue
    for (const [channel, value] of color.entries()) {
      pixels[4 * at + channel] = Math.round((value * letter + ground * shadow) / alpha)
    }
    pixels[4 * at + 3] = Math.round(alpha * 255)
  }
  return { data: pixels, width, height }
}

function toChannels(color: string): Channels {
  const value = Number.parseInt(color.slice(1), 16)
  return [Math.floor(value / 65_536), Math.floor(value / 256) % 256, value % 256]
}

/** By what an eye takes for light. */
function isLight([red, green, blue]: Channels): boolean {
  return 0.299 * red + 0.587 * green + 0.114 * blue > 127
}

/** What Pango takes for markup. @see https://docs.gtk.org/Pango/pango_markup.html */
function escapeMarkup(words: string): string {
  const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
  return words.replaceAll(/[&<>]/g, (sign) => signs[sign] ?? sign)
}
