import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { makePicture } from '../test-support/pictures.ts'
import { makeBox, makePlain, makeQuadrants, makeTwoFrames } from '../test-support/quadrants.ts'
import { account, corners, nameOf, transform, upload } from '../test-support/transform.ts'

const quarters = makeQuadrants(200, 100)
const all = 'red green blue yellow'

describe('fits a picture of 200 x 100', () => {
  test.each([
    ['w=100', [100, 50], all],
    ['h=20', [40, 20], all],
    ['width=400', [200, 100], all],
    ['w=100,dpr=2', [200, 100], all],
    ['w=50,dpr=1.5', [75, 38], all],
    ['w=400,fit=contain', [400, 200], all],
    ['w=400,h=400,fit=contain', [400, 200], all],
    ['w=400,fit=scale-up', [400, 200], all],
    ['w=50,fit=scale-up', [200, 100], all],
    ['w=80,h=80,fit=squeeze', [80, 80], all],
    ['w=50,h=50,fit=cover', [50, 50], all],
    ['w=300,h=300,fit=cover', [300, 300], all],
    ['w=300,h=300,fit=crop', [200, 100], all],
    ['w=300,h=300,fit=aspect-crop', [100, 100], all],
    ['w=50,h=50,fit=aspect-crop', [50, 50], all],
    ['w=100,h=100,fit=pad', [100, 100], 'white white white white'],
    ['w=100,h=100,fit=pad,background=red', [100, 100], 'red red red red'],
    ['w=100,h=100,fit=pad,background=%230000ff', [100, 100], 'blue blue blue blue'],
    ['w=100,h=100,fit=pad,background=rgb%280%2C255%2C0%29', [100, 100], 'green green green green'],
    ['fit=cover,anim=true', [200, 100], all],
  ] as const)('by %s', async (options, size, seen) => {
    const look = await transform(await quarters, options)
    expect(look.size).toEqual(size)
    expect(await corners(look)).toBe(seen)
  })

  test('and pads it in the middle', async () => {
    const look = await transform(await quarters, 'w=100,h=100,fit=pad')
    expect(await look.name(10, 30)).toBe('red')
    expect(await look.name(90, 70)).toBe('yellow')
  })

  test('and pads it with nothing, if that is the background', async () => {
    const { reply } = await transform(await quarters, 'w=100,h=100,fit=pad,background=transparent')
    const { data } = await sharp(await reply.arrayBuffer())
      .raw()
      .toBuffer({ resolveWithObject: true })
    expect(data[3]).toBe(0)
    expect(data[4 * (50 * 100 + 10) + 3]).toBe(255)
  })
})

describe('keeps of a picture that is cropped', () => {
  const left = 'red red blue blue'
  const right = 'green green yellow yellow'

  test.each([
    ['g=left', left],
    ['gravity=right', right],
    ['g=0x0', left],
    ['g=1x0.5', right],
    ['g=0.5x0.5', all],
  ])('by %s what is there, wide to square', async (gravity, seen) => {
    expect(await corners(await transform(await quarters, `w=50,h=50,fit=cover,${gravity}`))).toBe(
      seen,
    )
  })

  test.each([
    ['g=top', 'red green red green'],
    ['g=bottom', 'blue yellow blue yellow'],
    ['g=0.5x1', 'blue yellow blue yellow'],
  ])('by %s what is there, wide to wider', async (gravity, seen) => {
    const look = await transform(await quarters, `w=200,h=40,fit=crop,${gravity}`)
    expect(await corners(look)).toBe(seen)
  })

  test('by coordinates a point at the same fraction of both', async () => {
    const box = await makeBox('white', 'red', { left: 40, top: 0, width: 20, height: 100 })
    const look = await transform(box, 'w=100,h=100,fit=cover,g=0.25x0.5')
    expect(await look.name(16, 50)).toBe('red')
    expect(await look.name(33, 50)).toBe('red')
    expect(await look.name(12, 50)).toBe('white')
    expect(await look.name(38, 50)).toBe('white')
  })

  test.each([
    ['g=auto', 0],
    ['g=auto,flip=h', 1],
  ])('by %s the side on which there is something', async (gravity, side) => {
    const box = await makeBox('black', 'red', { left: 150, top: 30, width: 40, height: 40 })
    const look = await transform(box, `w=100,h=100,fit=cover,${gravity}`)
    const wanted = side === 0 ? look.name(70, 50) : look.name(30, 50)
    expect(await wanted).toBe('red')
  })
})

describe('turns', () => {
  test.each([
    ['rotate=90', [100, 200], 'blue red yellow green'],
    ['rotate=180', [200, 100], 'yellow blue green red'],
    ['rotate=270', [100, 200], 'green yellow red blue'],
    ['flip=h', [200, 100], 'green red yellow blue'],
    ['flip=v', [200, 100], 'blue yellow red green'],
    ['flip=hv', [200, 100], 'yellow blue green red'],
    ['rotate=90,flip=h', [100, 200], 'yellow green blue red'],
    ['rotate=90,w=50', [50, 100], 'blue red yellow green'],
    ['rotate=90,w=50,h=50,fit=cover,g=top', [50, 50], 'blue red blue red'],
    ['rotate=90,w=50,h=50,fit=cover,g=bottom', [50, 50], 'yellow green yellow green'],
    ['rotate=270,w=100,h=100,fit=pad', [100, 100], 'white white white white'],
  ] as const)('by %s: flipped first, sized last', async (options, size, seen) => {
    const look = await transform(await quarters, options)
    expect(look.size).toEqual(size)
    expect(await corners(look)).toBe(seen)
  })

  test('a photo that is turned by its EXIF data already', async () => {
    const jpeg = await (await makePicture(200, 100, 'jpeg')).arrayBuffer()
    const turned = await sharp(jpeg).withMetadata({ orientation: 6 }).toBuffer()
    const look = await transform(new Blob([new Uint8Array(turned)]), 'rotate=90,trim=0;50;0;0')
    expect(look.size).toEqual([200, 50])
    expect([await look.name(5, 25), await look.name(195, 25)]).toEqual(['blue', 'red'])
  })
})

describe('trims', () => {
  test.each([
    ['trim=50;0;0;0', [200, 50], 'blue yellow blue yellow'],
    ['trim=0;100;0;0', [100, 100], 'red red blue blue'],
    ['trim=0;50;0;0,dpr=2', [100, 100], 'red red blue blue'],
    ['trim=0.5;0;0;0.5', [100, 50], 'yellow yellow yellow yellow'],
    ['trim=0%3B100%3B50%3B0', [100, 50], 'red red red red'],
    ['trim.top=50', [200, 50], 'blue yellow blue yellow'],
    ['trim.left=0.5', [100, 100], 'green green yellow yellow'],
    ['trim.width=100', [100, 100], 'red red blue blue'],
    [
      'trim.left=100,trim.top=50,trim.width=20,trim.height=10',
      [20, 10],
      'yellow yellow yellow yellow',
    ],
    ['trim.top=50,rotate=90', [50, 200], 'blue blue yellow yellow'],
    ['trim=0;100;0;0,w=50', [50, 50], 'red red blue blue'],
  ] as const)('by %s, before it turns or sizes', async (options, size, seen) => {
    const look = await transform(await quarters, options)
    expect(look.size).toEqual(size)
    expect(await corners(look)).toBe(seen)
  })

  const place = { left: 60, top: 20, width: 80, height: 40 }

  test.each([
    ['trim=border', [80, 40], 'red'],
    ['trim=border,trim.border.keep=10', [100, 60], 'white'],
    ['trim=border,trim.border.color=white,trim.border.tolerance=250', [80, 40], 'red'],
    ['trim=border,trim.border.color=blue', [200, 100], 'white'],
    ['trim=border,w=40', [40, 20], 'red'],
  ] as const)('the border by %s', async (options, size, seen) => {
    const look = await transform(await makeBox('white', 'red', place), options)
    expect(look.size).toEqual(size)
    expect(await look.name(1, 1)).toBe(seen)
  })

  test('no border off a picture of nothing else', async () => {
    const look = await transform(await makePlain(30, 20, '#ff0000'), 'trim=border')
    expect(look.size).toEqual([30, 20])
  })
})

describe('changes colours', () => {
  const grey = makePlain(20, 20, '#808080')

  test.each([
    ['brightness=0.5', 64],
    ['brightness=1.5', 192],
    ['brightness=0', 128],
    ['contrast=2', 129],
    ['gamma=0.5', 181],
    ['gamma=2', 64],
    ['gamma=0', 128],
    ['brightness=0.5,gamma=0.5', 128],
  ])('by %s of a grey of 128', async (options, value) => {
    const [red, green, blue] = await (await transform(await grey, options)).at(10, 10)
    expect([red, green, blue].every((channel) => Math.abs(channel - value) <= 2)).toBe(true)
  })

  test.each([
    ['contrast=0.5', '#404040', 96],
    ['contrast=2', '#404040', 0],
    ['contrast=2', '#c0c0c0', 255],
  ])('by %s of %s', async (options, colour, value) => {
    const [red] = await (await transform(await makePlain(20, 20, colour), options)).at(10, 10)
    expect(Math.abs(red - value)).toBeLessThanOrEqual(2)
  })

  test('by saturation=0 to grey, by 2 to more colour', async () => {
    const dull = await makePlain(20, 20, '#a06060')
    const [r0, g0, b0] = await (await transform(dull, 'saturation=0')).at(10, 10)
    expect(Math.max(r0, g0, b0) - Math.min(r0, g0, b0)).toBeLessThanOrEqual(3)
    const [r2, g2] = await (await transform(dull, 'saturation=2')).at(10, 10)
    expect(r2 - g2).toBeGreaterThan(0xa0 - 0x60 + 20)
  })

  test('by background under what is transparent, wholly or partly', async () => {
    const nothing = await makePlain(20, 20, 'rgba(0, 0, 0, 0)')
    expect(await (await transform(nothing, 'background=red')).name(10, 10)).toBe('red')
    const pink = await transform(nothing, 'background=rgba%28255%2C0%2C0%2C0.5%29,f=jpeg')
    expect(nameOf(await pink.at(10, 10))).toMatch(/^25\d 1[23]\d 1[23]\d$/)
    const { reply } = await transform(nothing, 'background=rgba%28255%2C0%2C0%2C0.5%29')
    const pixel = await sharp(await reply.arrayBuffer())
      .raw()
      .toBuffer()
    expect([...pixel.subarray(0, 4)]).toEqual([255, 0, 0, 128])
  })

  test('of a JPEG to white under what is transparent', async () => {
    const nothing = await makePlain(20, 20, 'rgba(0, 0, 0, 0)')
    expect(await (await transform(nothing, 'f=jpeg')).name(10, 10)).toBe('white')
  })
})

/** How red a pixel is of a picture that is red on the left and blue on the right. */
async function redAt(options: string, x: number): Promise<number> {
  return (await (await transform(await makePicture(200, 100), options)).at(x, 50))[0]
}

describe('filters', () => {
  test('by blur across an edge', async () => {
    expect(await redAt('blur=0', 98)).toBe(255)
    expect(await redAt('blur=20', 98)).toBeLessThan(200)
    expect(await redAt('blur=20', 10)).toBeGreaterThan(250)
    expect(await redAt('blur=250', 98)).toBeLessThan(150)
  })

  test('by sharpen so that an edge stands out more, the more the stronger', async () => {
    const soft = await sharp(await (await makeQuadrants(200, 100)).arrayBuffer())
      .greyscale()
      .linear(0.5, 60)
      .png()
      .toBuffer()
    const file = new Blob([new Uint8Array(soft)])
    const contrast = async (options: string): Promise<number> => {
      const look = await transform(file, options)
      return (await look.at(100, 20))[0] - (await look.at(99, 20))[0]
    }
    const [none, some, most] = [
      await contrast('sharpen=0'),
      await contrast('sharpen=0.5'),
      await contrast('sharpen=10'),
    ]
    expect(some).toBeGreaterThan(none)
    expect(most).toBeGreaterThan(some)
  })
})

test('covers what is larger on the way than in the end', async () => {
  const look = await transform(await quarters, 'w=20,h=2000,fit=cover')
  expect(look.size).toEqual([20, 2000])
})

describe('refuses', () => {
  test.each([
    ['w=13000,fit=contain', 403, /9413.*enlarged too much: 13000×6500/],
    ['w=9000,h=12000,fit=squeeze,dpr=1.3', 403, /9413/],
    ['trim=50;0;50;0', 403, /9413.*size 0/],
    ['trim.left=200', 403, /9413.*size 0/],
    ['trim=0;0;99;0,w=1,h=12000,fit=cover', 403, /9413.*enlarged too much/],
    ['g=face', 501, /gravity=face is not emulated/],
    ['w=0', 400, /9401/],
  ])('%s with %i', async (options, status, text) => {
    const reply = await account.get(`/${await upload(await quarters)}/${options}`)
    expect(reply.status).toBe(status)
    expect(await reply.text()).toMatch(text)
  })

  test.each([
    ['w=11900,fit=contain', 403, 'The animation is too large'],
    ['w=20,h=20,fit=cover,g=auto', 501, 'gravity=auto of an animation'],
  ])('an animation by %s with %i', async (options, status, text) => {
    const reply = await account.get(`/${await upload(await makeTwoFrames(100, 50))}/${options}`)
    expect([reply.status, await reply.text()]).toEqual([status, expect.stringContaining(text)])
  })
})
