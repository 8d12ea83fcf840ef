import { expect, test } from 'vitest'
import { publicVariant } from '../variant.ts'
import { createRender } from './render.ts'
import type { Pixels, Resize } from '../pixels.ts'
import type { StoredFile } from '../store.ts'

const bytes = new Uint8Array([1, 2, 3])

function countingPixels(): { made: Resize[]; pixels: Pixels } {
  const made: Resize[] = []
  const pixels: Pixels = {
    inspect: async () => undefined,
    async resize(_, resize) {
      made.push(resize)
      return new Uint8Array([4])
    },
  }
  return { made, pixels }
}

const gif = (frames: number): StoredFile => ({
  bytes,
  type: 'image/gif',
  filename: 'a.gif',
  picture: { width: 1000, height: 1000, frames },
})

test('makes each rendition of a file once', async () => {
  const { made, pixels } = countingPixels()
  const render = createRender(pixels)
  const file = gif(1)
  await render(file, publicVariant, '*/*')
  await render(file, publicVariant, '*/*')
  await render(file, publicVariant, 'image/webp')
  await render(gif(1), publicVariant, '*/*')
  expect(made.map(({ type }) => type)).toEqual(['image/gif', 'image/webp', 'image/gif'])
})

test('sends an animation of more than fifty megapixels as it came', async () => {
  const { made, pixels } = countingPixels()
  const render = createRender(pixels)
  expect(await render(gif(51), publicVariant, 'image/webp')).toEqual({ bytes, type: 'image/gif' })
  await render(gif(50), publicVariant, 'image/webp')
  expect(made).toHaveLength(1)
})
