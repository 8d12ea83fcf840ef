import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { openAccount, read } from '../test-support/account.ts'
import { createSharpPixels } from './sharp-pixels.ts'
import { decode, makeAnimation, makePicture } from '../test-support/pictures.ts'
import type { Fit } from '../variant.ts'
import type { TestAccount } from '../test-support/account.ts'
import type { Rgb } from '../test-support/pictures.ts'

const browser = 'image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8'

function openWith(fit: Fit, width: number, height: number): TestAccount {
  const variant = { id: 'v', options: { fit, width, height, metadata: 'none' as const } }
  return openAccount({ pixels: createSharpPixels(), variants: [variant] })
}

async function deliver(account: TestAccount, file: Blob, accept = '*/*'): Promise<Response> {
  const { id, uploadURL } = await account.slot()
  expect((await account.upload(uploadURL, file)).status).toBe(200)
  return account.get(`/${id}/v`, { Accept: accept })
}

const near = (given: Rgb, wanted: Rgb): boolean =>
  given.every((value, index) => Math.abs(value - (wanted[index] ?? 0)) < 24)

const red: Rgb = [255, 0, 0]
const blue: Rgb = [0, 0, 255]
const white: Rgb = [255, 255, 255]

describe('fits a picture of 400 x 200 into', () => {
  const source = makePicture(400, 200)

  test.each([
    ['scale-down', 100, 100, [100, 50]],
    ['scale-down', 800, 800, [400, 200]],
    ['contain', 800, 800, [800, 400]],
    ['cover', 100, 100, [100, 100]],
    ['cover', 800, 600, [800, 600]],
    ['crop', 100, 100, [100, 100]],
    ['crop', 800, 800, [400, 200]],
    ['crop', 800, 100, [400, 100]],
    ['pad', 100, 100, [100, 100]],
  ] as const)('%s %i x %i with true pixels', async (fit, width, height, size) => {
    const reply = await deliver(openWith(fit, width, height), await source)
    const picture = await decode(reply)
    expect([picture.width, picture.height]).toEqual(size)
    const middle = Math.floor(picture.height / 2)
    expect(near(await picture.at(2, middle), red)).toBe(true)
    expect(near(await picture.at(picture.width - 3, middle), blue)).toBe(true)
  })

  test('pad with white above and below', async () => {
    const picture = await decode(await deliver(openWith('pad', 100, 100), await source))
    expect(near(await picture.at(50, 5), white)).toBe(true)
    expect(near(await picture.at(10, 94), white)).toBe(true)
  })

  test('cover without squeezing: the cut is at the sides', async () => {
    const picture = await decode(await deliver(openWith('cover', 100, 100), await source))
    expect(near(await picture.at(45, 50), red)).toBe(true)
    expect(near(await picture.at(55, 50), blue)).toBe(true)
  })
})

describe('serves', () => {
  test.each([
    [browser, 'image/avif', 'heif'],
    ['image/webp,*/*', 'image/webp', 'webp'],
    ['image/avif;q=0,image/webp', 'image/webp', 'webp'],
    ['*/*', 'image/jpeg', 'jpeg'],
  ])('who accepts %s a picture of %s', async (accept, type, format) => {
    const source = await makePicture(400, 200, 'jpeg')
    const reply = await deliver(openWith('scale-down', 100, 100), source, accept)
    expect(reply.headers.get('Content-Type')).toBe(type)
    const picture = await decode(reply)
    expect(picture.format).toBe(format)
    expect(near(await picture.at(2, 25), red)).toBe(true)
  })

  test('no AVIF of more than 1200 pixels on a side', async () => {
    const source = await makePicture(1400, 20)
    const reply = await deliver(openWith('scale-down', 1300, 1300), source, browser)
    expect(reply.headers.get('Content-Type')).toBe('image/webp')
  })

  test.each([
    [browser, 'image/webp'],
    ['*/*', 'image/gif'],
  ])('who accepts %s an animation as %s, still moving', async (accept, type) => {
    const reply = await deliver(openWith('cover', 20, 20), await makeAnimation(60, 40), accept)
    expect(reply.headers.get('Content-Type')).toBe(type)
    const picture = await decode(reply)
    expect([picture.width, picture.height, picture.frames]).toEqual([20, 20, 3])
    expect(near(await picture.at(10, 10), red)).toBe(true)
    expect(near(await picture.at(10, 30), [0, 255, 0])).toBe(true)
    expect(near(await picture.at(10, 50), blue)).toBe(true)
  })

  test('a photo upright and without its EXIF data', async () => {
    const jpeg = await (await makePicture(400, 200, 'jpeg')).arrayBuffer()
    const turned = await sharp(jpeg)
      .withExif({ IFD0: { Artist: 'ann' } })
      .withMetadata({ orientation: 6 })
      .toBuffer()
    const reply = await deliver(
      openWith('scale-down', 100, 100),
      new Blob([new Uint8Array(turned)]),
    )
    const copy = reply.clone()
    const picture = await decode(reply)
    expect([picture.width, picture.height]).toEqual([50, 100])
    expect(near(await picture.at(25, 2), red)).toBe(true)
    expect(near(await picture.at(25, 97), blue)).toBe(true)
    expect((await sharp(await copy.arrayBuffer()).metadata()).exif).toBeUndefined()
  })
})

async function refusal(file: Blob): Promise<number | undefined> {
  const account = openWith('cover', 10, 10)
  const { uploadURL } = await account.slot()
  return (await read(await account.upload(uploadURL, file))).errors[0]?.code
}

describe('refuses at the upload', () => {
  test.each(['jpeg', 'png', 'webp'] as const)('a %s that was cut off', async (format) => {
    const file = await makePicture(400, 200, format)
    expect(await refusal(file.slice(0, file.size - 60))).toBe(9422)
  })

  test('first bytes of a picture and nothing else', async () => {
    expect(await refusal(new Blob(['GIF89a nothing more']))).toBe(9422)
  })

  test('a side of more than 12,000 pixels', async () => {
    expect(await refusal(await makePicture(12_002, 2))).toBe(9413)
    expect(await refusal(await makePicture(12_000, 2))).toBeUndefined()
  })
})
