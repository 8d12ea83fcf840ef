import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { makePicture } from '../test-support/pictures.ts'
import { makeQuadrants, makeTwoFrames } from '../test-support/quadrants.ts'
import { account, corners, transform, upload } from '../test-support/transform.ts'

const quarters = makeQuadrants(200, 100)
const all = 'red green blue yellow'

describe('encodes', () => {
  test.each([
    ['f=jpeg', 'image/jpeg', 'jpeg'],
    ['f=baseline-jpeg', 'image/jpeg', 'jpeg'],
    ['format=webp', 'image/webp', 'webp'],
    ['f=avif', 'image/avif', 'heif'],
    ['f=auto', 'image/png', 'png'],
    ['f=avif,w=1300,fit=contain', 'image/webp', 'webp'],
    ['f=avif,compression=fast', 'image/png', 'png'],
  ])('as %s, whatever is accepted', async (options, type, format) => {
    const look = await transform(await quarters, options)
    expect(look.reply.headers.get('Content-Type')).toBe(type)
    expect(look.format).toBe(format)
    expect(await corners(look)).toBe(all)
  })

  test('as JPEG a photo that shall be compressed fast', async () => {
    const photo = await makePicture(200, 100, 'jpeg')
    const look = await transform(photo, 'compression=fast', 'image/avif,image/webp')
    expect(look.format).toBe('jpeg')
  })

  test.each([
    ['f=jpeg', true],
    ['f=baseline-jpeg', false],
    ['f=jpeg,w=40', false],
  ])('by %s progressively or not', async (options, wanted) => {
    const { reply } = await transform(await quarters, options)
    const { isProgressive } = await sharp(await reply.arrayBuffer()).metadata()
    expect(isProgressive ?? false).toBe(wanted)
  })

  test('smaller with less quality, in numbers and words', async () => {
    const noise = await sharp({
      create: {
        width: 300,
        height: 300,
        channels: 3,
        noise: { type: 'gaussian', mean: 128, sigma: 40 },
        background: '#000',
      },
    })
      .png()
      .toBuffer()
    const file = new Blob([new Uint8Array(noise)])
    const sizes: number[] = []
    for (const quality of [
      'q=100',
      'q=high',
      '',
      'q=medium-high',
      'q=medium-low',
      'q=low',
      'q=1',
    ]) {
      const { reply } = await transform(file, ['f=jpeg', quality].filter(Boolean).join(','))
      sizes.push(Number(reply.headers.get('Content-Length')))
    }
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a))
    expect(new Set(sizes).size).toBe(sizes.length)
  })

  test('WebP of quality 100 without loss', async () => {
    const look = await transform(await makeQuadrants(30, 10), 'f=webp,q=100')
    expect(await look.at(14, 2)).toEqual([255, 0, 0])
    expect(await look.at(15, 2)).toEqual([0, 255, 0])
  })

  test('PNG with a palette once a quality is given', async () => {
    const { reply } = await transform(await quarters, 'q=80')
    expect((await sharp(await reply.arrayBuffer()).metadata()).isPalette).toBe(true)
  })

  test('facts instead of a picture', async () => {
    const id = await upload(await quarters)
    const reply = await account.get(`/${id}/w=100,f=json`)
    expect(reply.headers.get('Content-Type')).toBe('application/json')
    expect(await reply.json()).toEqual({
      width: 100,
      height: 50,
      original: { file_size: (await quarters).size, width: 200, height: 100, format: 'image/png' },
    })
  })
})

describe('keeps of the metadata of a JPEG', () => {
  const exif = { IFD0: { Artist: 'ann', Copyright: 'ann 2026, all rights' } }

  async function keptBy(options: string): Promise<string> {
    const photo = await (await makePicture(60, 60, 'jpeg')).arrayBuffer()
    const marked = await sharp(photo).withExif(exif).toBuffer()
    const { reply } = await transform(new Blob([new Uint8Array(marked)]), options)
    return (await sharp(await reply.arrayBuffer()).metadata()).exif?.toString('latin1') ?? ''
  }

  test.each([
    ['w=50', true, false],
    ['metadata=copyright', true, false],
    ['metadata=copyright,gamma=2', true, false],
    ['metadata=keep', true, true],
    ['metadata=none', false, false],
    ['metadata=keep,f=webp', false, false],
  ])('by %s the copyright: %s, the artist: %s', async (options, copyright, artist) => {
    const kept = await keptBy(options)
    expect([kept.includes('ann 2026, all rights'), /ann\0/.test(kept)]).toEqual([copyright, artist])
  })

  test('nothing silently: what loses it is refused', async () => {
    const id = await upload(await makePicture(20, 20, 'jpeg'))
    expect((await account.get(`/${id}/metadata=keep,gamma=2`)).status).toBe(501)
  })
})

describe('an animation', () => {
  test.each([
    ['w=50', [50, 25], 'red green', 'blue yellow'],
    ['flip=h', [100, 50], 'green red', 'yellow blue'],
    ['flip=v', [100, 50], 'red green', 'blue yellow'],
    ['rotate=180', [100, 50], 'green red', 'yellow blue'],
    ['w=50,h=50,fit=cover,g=left', [50, 50], 'red red', 'blue blue'],
    ['trim=0;50;0;0', [50, 50], 'red red', 'blue blue'],
    ['blur=3', [100, 50], 'red green', 'blue yellow'],
    ['sharpen=1', [100, 50], 'red green', 'blue yellow'],
    ['brightness=0.9', [100, 50], 'red green', 'blue yellow'],
    ['f=webp,w=50', [50, 25], 'red green', 'blue yellow'],
  ] as const)('stays one by %s, each frame for itself', async (options, size, first, second) => {
    const look = await transform(await makeTwoFrames(100, 50), options)
    expect([look.frames, look.size]).toEqual([2, size])
    const row = async (y: number): Promise<string> =>
      `${await look.name(4, y)} ${await look.name(look.width - 5, y)}`
    expect([await row(5), await row(look.height + 5)]).toEqual([first, second])
  })

  test.each(['w=50', 'flip=h'])('keeps its time by %s', async (options) => {
    const { reply } = await transform(await makeTwoFrames(100, 50), options)
    const { delay, loop } = await sharp(await reply.arrayBuffer(), { animated: true }).metadata()
    expect([delay, loop]).toEqual([[70, 90], 3])
  })

  test('is padded frame by frame', async () => {
    const look = await transform(await makeTwoFrames(100, 50), 'w=100,h=100,fit=pad')
    expect([look.frames, look.size]).toEqual([2, [100, 100]])
    const column = [5, 50, 95, 105, 150, 195].map((y) => look.name(10, y))
    expect(await Promise.all(column)).toEqual(['white', 'red', 'white', 'white', 'blue', 'white'])
  })

  test('rotated by a quarter', async () => {
    const look = await transform(await makeTwoFrames(100, 50), 'rotate=90')
    expect([look.frames, look.size]).toEqual([2, [50, 100]])
    expect(await corners(look)).toBe('red red green green')
    expect(await look.name(25, 110)).toBe('blue')
  })

  test.each([
    ['anim=false', '*/*', 'gif'],
    ['anim=false', 'image/avif,image/webp', 'heif'],
    ['f=jpeg', '*/*', 'jpeg'],
  ])('is its first frame by %s for %s', async (options, accept, format) => {
    const look = await transform(await makeTwoFrames(100, 50), options, accept)
    expect([look.frames, look.format]).toEqual([1, format])
    expect(await corners(look)).toBe('red green red green')
  })
})
