/** Pictures of our own making, with colours that can be told apart after any compression. */
import sharp from 'sharp'

export interface Picture {
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer
}

const width = 1200
const height = 800

/** Four quarters, red, green, blue and yellow, over a texture that keeps it the size of a photograph. */
const quarters = await sharp({
  create: {
    width,
    height,
    channels: 3,
    background: '#808080',
    noise: { type: 'gaussian', mean: 128, sigma: 18 },
  },
})
  .composite(
    (['#d02020', '#20a020', '#2040d0', '#d0c020'] as const).map((background, at) => ({
      input: {
        create: {
          width: width / 2,
          height: height / 2,
          channels: 4,
          background: `${background}e0`,
        },
      },
      left: (at % 2) * (width / 2),
      top: Math.floor(at / 2) * (height / 2),
    })),
  )
  .png()
  .toBuffer()

/** What a quarter looks like, roughly: red, green and blue from 0 to 255. */
export const quarterColours: readonly (readonly [number, number, number])[] = [
  [199, 44, 44],
  [44, 156, 44],
  [44, 72, 199],
  [199, 184, 44],
]

const frames = await Promise.all(
  ['#d02020', '#20a020', '#2040d0'].map((background) =>
    sharp({ create: { width: 300, height: 200, channels: 3, background } })
      .png()
      .toBuffer(),
  ),
)

export const pictures: Readonly<Record<'jpeg' | 'png' | 'webp' | 'gif', Picture>> = {
  jpeg: {
    name: 'beach.jpg',
    mimeType: 'image/jpeg',
    buffer: await sharp(quarters).jpeg({ quality: 90 }).toBuffer(),
  },
  png: { name: 'map.png', mimeType: 'image/png', buffer: quarters },
  webp: {
    name: 'garden.webp',
    mimeType: 'image/webp',
    buffer: await sharp(quarters).webp().toBuffer(),
  },
  gif: {
    name: 'lamp.gif',
    mimeType: 'image/gif',
    buffer: await sharp(frames, { join: { animated: true } })
      .gif({ delay: [80, 80, 80] })
      .toBuffer(),
  },
}

/** A photograph of several megabytes, for everything that takes its time. */
export const largePicture: Picture = {
  name: 'large.jpg',
  mimeType: 'image/jpeg',
  buffer: await sharp({
    create: {
      width: 3000,
      height: 2200,
      channels: 3,
      background: '#000',
      noise: { type: 'gaussian', mean: 128, sigma: 50 },
    },
  })
    .jpeg({ quality: 92 })
    .toBuffer(),
}

/** A GIF header that claims a size, and one empty frame. */
function makeHugeGif(side: number): Buffer {
  const u16 = [side % 256, Math.floor(side / 256)]
  const head = [...Buffer.from('GIF89a'), ...u16, 10, 0, 0, 0, 0]
  return Buffer.from([...head, 0x2c, 0, 0, 0, 0, ...u16, 10, 0, 0, 2, 0, 0x3b])
}

function makeHeic(): Buffer {
  return Buffer.from([
    0,
    0,
    0,
    24,
    ...Buffer.from('ftypheic'),
    0,
    0,
    0,
    0,
    ...Buffer.from('mif1heic'),
    0,
    0,
    0,
    8,
    ...Buffer.from('mdat'),
  ])
}

/** Files that will not do, and the words that must name why. */
export const badFiles: readonly {
  readonly file: Picture
  readonly title: string
  readonly line: string
}[] = [
  {
    file: { name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('Buy milk.') },
    title: 'This kind of file does not work',
    line: 'Choose a JPEG, PNG, WebP, GIF or SVG.',
  },
  {
    file: {
      name: 'half.jpg',
      mimeType: 'image/jpeg',
      buffer: pictures.jpeg.buffer.subarray(0, pictures.jpeg.buffer.length / 2),
    },
    title: 'This file seems damaged',
    line: 'We could not read it as a photo.',
  },
  {
    file: {
      name: 'poster.jpg',
      mimeType: 'image/jpeg',
      buffer: Buffer.concat([
        pictures.jpeg.buffer,
        Buffer.alloc(40_000_000 - pictures.jpeg.buffer.length),
      ]),
    },
    title: 'This photo is too large',
    line: 'It is 40.0 MB. The limit is 10.0 MB.',
  },
  {
    file: { name: 'nothing.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(0) },
    title: 'This file is empty',
    line: 'There is no photo in it.',
  },
  {
    file: { name: 'wide.gif', mimeType: 'image/gif', buffer: makeHugeGif(20_000) },
    title: 'This photo has too many pixels',
    line: '20,000 pixels',
  },
  {
    file: { name: 'phone.heic', mimeType: '', buffer: makeHeic() },
    title: 'This kind of file does not work',
    line: 'Choose a JPEG, PNG, WebP, GIF or SVG.',
  },
]
