import { describe, expect, it } from 'vitest'
import { makeFourColours } from '../test-support/make-four-colours.ts'
import { cropPicture } from './crop-picture.ts'

type Spot = readonly [across: number, down: number]

const corners: readonly Spot[] = [
  [0.25, 0.25],
  [0.75, 0.25],
  [0.25, 0.75],
  [0.75, 0.75],
]

/** Names the colours of a picture at some spots, in shares of its sides. */
async function lookAt(file: File, spots: readonly Spot[] = corners): Promise<readonly string[]> {
  const picture = await createImageBitmap(file)
  const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d')
  context?.drawImage(picture, 0, 0)
  return spots.map(([across, down]) => {
    const [x, y] = [Math.floor(picture.width * across), Math.floor(picture.height * down)]
    return nameColour([...(context?.getImageData(x, y, 1, 1).data ?? [])])
  })
}

const sizeOf = async (file: File): Promise<readonly number[]> => {
  const { width, height } = await createImageBitmap(file)
  return [width, height]
}

function nameColour([red = 0, green = 0, blue = 0]: readonly number[]): string {
  const lit = [red, green, blue].map((part) => (part > 200 ? '1' : part < 55 ? '0' : '?')).join('')
  return names[lit] ?? `${red} ${green} ${blue}`
}

const names: { readonly [lit: string]: string } = {
  '100': 'red',
  '010': 'green',
  '001': 'blue',
  '110': 'yellow',
  '111': 'white',
}

const whole = { x: 0, y: 0, width: 200, height: 100 }

describe('cropPicture', () => {
  it('cuts the part that was chosen, pixel by pixel', async () => {
    const picture = await makeFourColours({ width: 200, height: 100 })
    const file = await cropPicture(picture, {
      area: { x: 90, y: 40, width: 20, height: 20 },
      turn: 0,
    })
    expect(await sizeOf(file)).toEqual([20, 20])
    expect(await lookAt(file)).toEqual(['red', 'green', 'blue', 'yellow'])
  })

  it.each([
    [90, ['blue', 'red', 'yellow', 'green']],
    [180, ['yellow', 'blue', 'green', 'red']],
    [270, ['green', 'yellow', 'red', 'blue']],
  ] as const)('turns by %i degrees', async (turn, colours) => {
    const picture = await makeFourColours({ width: 200, height: 100 })
    const area = turn === 180 ? whole : { ...whole, width: 100, height: 200 }
    const file = await cropPicture(picture, { area, turn })
    expect(await sizeOf(file)).toEqual([area.width, area.height])
    expect(await lookAt(file)).toEqual(colours)
  })

  it('cuts a part of a turned picture', async () => {
    const picture = await makeFourColours({ width: 200, height: 100 })
    const area = { x: 50, y: 100, width: 50, height: 100 }
    const file = await cropPicture(picture, { area, turn: 90 })
    expect(await lookAt(file)).toEqual(['green', 'green', 'green', 'green'])
  })

  it('stands as the camera meant it, and tells nothing else of it', async () => {
    const picture = await makeFourColours({ width: 200, height: 100, type: 'image/jpeg' })
    const sideways = await addOrientation(picture, 6)
    const file = await cropPicture(sideways, {
      area: { ...whole, width: 100, height: 200 },
      turn: 0,
    })
    expect(await lookAt(file)).toEqual(['blue', 'red', 'yellow', 'green'])
    expect(new TextDecoder('latin1').decode(await file.arrayBuffer())).not.toContain('Exif')
  })

  it('fits into the pixels it may have', async () => {
    const picture = await makeFourColours({ width: 200, height: 100 })
    const file = await cropPicture(picture, { area: whole, turn: 0, maxPixels: 5000 })
    expect(await sizeOf(file)).toEqual([100, 50])
    expect(await lookAt(file)).toEqual(['red', 'green', 'blue', 'yellow'])
  })

  it('is never larger than a canvas of iOS', async () => {
    const picture = await makeFourColours({ width: 6000, height: 4000, type: 'image/jpeg' })
    const area = { x: 0, y: 0, width: 6000, height: 4000 }
    const file = await cropPicture(picture, { area, turn: 0 })
    const [width = 0, height = 0] = await sizeOf(file)
    expect(width * height).toBeLessThanOrEqual(16_777_216)
    expect(width / height).toBeCloseTo(1.5, 2)
  })

  it.each([
    [1, 'image/jpeg', 'four.jpg'],
    [0.5, 'image/webp', 'four.webp'],
  ])('writes a picture of opacity %d as %s', async (alpha, type, name) => {
    const picture = await makeFourColours({ width: 64, height: 64, alpha })
    const file = await cropPicture(picture, { area: { ...whole, width: 64, height: 64 }, turn: 0 })
    expect([file.type, file.name]).toEqual([type, name])
  })

  it('lays what shows through on white where it has to be a JPEG', async () => {
    const picture = await makeFourColours({ width: 64, height: 64, alpha: 0 })
    const area = { ...whole, width: 64, height: 64 }
    const file = await cropPicture(picture, { area, turn: 0, type: 'image/jpeg' })
    expect(await lookAt(file)).toEqual(['white', 'white', 'white', 'white'])
  })

  it('has fewer bytes with less quality', async () => {
    const picture = await makeFourColours({ width: 400, height: 400, type: 'image/jpeg' })
    const area = { x: 0, y: 0, width: 399, height: 399 }
    const sizes = [0.2, 1].map(async (quality) => {
      const file = await cropPicture(picture, { area, turn: 0, quality })
      return file.size
    })
    const [poor = 0, rich = 0] = await Promise.all(sizes)
    expect(poor).toBeLessThan(rich)
  })

  it('rejects what this browser cannot open', async () => {
    const file = new File(['no picture'], 'notes.png', { type: 'image/png' })
    await expect(cropPicture(file, { area: whole, turn: 0 })).rejects.toThrow()
  })
})

/** Puts an Exif segment that holds nothing but the orientation behind the start of a JPEG (TIFF 6.0, tag 0x0112). */
async function addOrientation(file: File, orientation: number): Promise<File> {
  const tiff = [
    0x4d,
    0x4d,
    0,
    42,
    0,
    0,
    0,
    8,
    0,
    1,
    0x01,
    0x12,
    0,
    3,
    0,
    0,
    0,
    1,
    0,
    orientation,
    0,
    0,
  ]
  const body = [...new TextEncoder().encode('Exif'), 0, 0, ...tiff, 0, 0, 0, 0]
  const segment = new Uint8Array([0xff, 0xe1, 0, body.length + 2, ...body])
  const start = file.slice(0, 2)
  return new File([start, segment, file.slice(2)], file.name, { type: file.type })
}
