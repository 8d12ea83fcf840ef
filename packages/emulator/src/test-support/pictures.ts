import sharp from 'sharp'

/** The colour of one pixel. */
export type Rgb = readonly [red: number, green: number, blue: number]

/** Makes a picture whose left half is red and whose right half is blue. */
export async function makePicture(
  width: number,
  height: number,
  format: 'jpeg' | 'png' | 'webp' = 'png',
): Promise<Blob> {
  const right = { create: { width: width / 2, height, channels: 3 as const, background: '#00f' } }
  const left = { create: { width, height, channels: 3 as const, background: '#f00' } }
  const picture = sharp(left).composite([{ input: right, left: width / 2, top: 0 }])
  return toBlob(await picture.toFormat(format).toBuffer())
}

/** Makes an animated GIF of three frames: red, green, blue. */
export async function makeAnimation(width: number, height: number): Promise<Blob> {
  const frames = ['#f00', '#0f0', '#00f'].map((background) =>
    sharp({ create: { width, height, channels: 3, background } })
      .png()
      .toBuffer(),
  )
  const animation = sharp(await Promise.all(frames), { join: { animated: true } })
  return toBlob(await animation.gif({ delay: [50, 50, 50] }).toBuffer())
}

/** Decodes a delivered picture: its facts and the colour at a place given in pixels. */
export async function decode(reply: Response): Promise<{
  readonly format: string | undefined
  readonly width: number
  readonly height: number
  readonly frames: number
  readonly at: (x: number, y: number) => Promise<Rgb>
}> {
  const bytes = new Uint8Array(await reply.arrayBuffer())
  const { format, width, height, pageHeight, pages } = await sharp(bytes, {
    animated: true,
  }).metadata()
  return { format, width, height: pageHeight ?? height, frames: pages ?? 1, at }

  async function at(x: number, y: number): Promise<Rgb> {
    const image = sharp(bytes, { animated: true }).removeAlpha().toColourspace('srgb')
    const { data, info } = await image.raw().toBuffer({ resolveWithObject: true })
    const start = (y * info.width + x) * info.channels
    return [data[start] ?? -1, data[start + 1] ?? -1, data[start + 2] ?? -1]
  }
}

const toBlob = (buffer: Buffer): Blob => new Blob([new Uint8Array(buffer)])
