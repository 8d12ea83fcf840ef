/** Sharp as one would call it by hand: with the mark made once, and its place known. */
import sharp from 'sharp'
import type { OverlayOptions } from 'sharp'
import type { Case } from '../timing/time-calls.ts'
import { drawnRhythm, makeLogo, makePhoto, MARK, QUALITY, WIDTH } from './gateway-terms.ts'

const drawn: Case = {
  rhythm: drawnRhythm,
  async prepare() {
    const photo = await makePhoto()
    const mark = await makeMark()
    return { call: () => drawByHand(photo, mark) }
  },
}

export const cases = { drawn }

/** Draws what the gateway draws. */
export function drawByHand(photo: Buffer, mark: OverlayOptions): Promise<Buffer> {
  return sharp(photo)
    .autoOrient()
    .resize({ width: WIDTH })
    .composite([mark])
    .jpeg({ quality: QUALITY })
    .toBuffer()
}

export async function makeMark(): Promise<OverlayOptions> {
  const alpha = Buffer.from([255, 255, 255, Math.round(255 * MARK.opacity)])
  const pixel = { width: 1, height: 1, channels: 4 as const }
  const { data, info } = await sharp(await makeLogo())
    .resize({ width: MARK.width })
    .composite([{ input: alpha, raw: pixel, tile: true, blend: 'dest-in' }])
    .raw()
    .toBuffer({ resolveWithObject: true })
  const { width, height } = info
  const [left, top] = [
    WIDTH - width - MARK.inset,
    Math.round((WIDTH / 3) * 2) - height - MARK.inset,
  ]
  return { input: data, raw: { width, height, channels: 4 }, left, top }
}
