import sharp from 'sharp'
import type { CreateText } from 'sharp'
import { toChannels } from '../gateway/mark-look.ts'
import type { TextPlan } from '../gateway/watermark-plan.ts'
import type { Font } from './find-default-font.ts'
import type { Pixels } from './pixels.ts'

export interface TextLine {
  readonly words: string
  readonly color: TextPlan['color']
  /** In pixels. */
  readonly size: number
}

/** Draws a line of text. */
export async function drawText({ words, color, size }: TextLine, font: Font): Promise<Pixels> {
  const { data, info } = await sharp({ text: toText(words, size, font) })
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true })
  const [red, green, blue] = toChannels(color)
  const pixels = Buffer.alloc(4 * data.length)
  for (const [at, ink] of data.entries()) pixels.set([red, green, blue, ink], 4 * at)
  return { data: pixels, width: info.width, height: info.height }
}

/** White letters on black: how much ink there is. */
function toText(words: string, size: number, { family, file }: Font): CreateText {
  const text = escapeMarkup(words)
  return { text, font: `${family} ${size}`, fontfile: file, dpi: 72, wrap: 'none' }
}

/** What Pango takes for markup. @see https://docs.gtk.org/Pango/pango_markup.html */
function escapeMarkup(words: string): string {
  const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
  return words.replaceAll(/[&<>]/g, (sign) => signs[sign] ?? sign)
}
