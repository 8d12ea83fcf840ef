/** The renderer of Workers on the Images binding that `wrangler dev` has, in a bare Worker. */
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Miniflare } from 'miniflare'
import type { RenditionPreset } from '../packages/server/src/gateway/rendition-preset.ts'
import { bundleWorker, startWorker } from './bare-worker.ts'

const script = `
import { createBindingRenderer } from '@lightfast/server/workers'
import { sniff } from '@lightfast/core'

const make = (images, verify) =>
  createBindingRenderer({ images, verify, font: { url: 'https://fonts.example/secret/sans.ttf' } })

export default {
  async fetch(request, { IMAGES }) {
    const { preset, mark, verify } = JSON.parse(request.headers.get('drawing'))
    const bytes = new Uint8Array(await request.arrayBuffer())
    const { type, width, height, frames } = sniff(bytes)
    const { signal } = new AbortController()
    const overlay = bytes
    try {
      const drawn = await make(IMAGES, verify).render(
        { bytes, type, width, height, frames },
        { preset, mark: mark && { ...mark, overlay }, signal },
      )
      return new Response(drawn)
    } catch ({ code, message }) {
      return Response.json({ code, message }, { status: 422 })
    }
  },
}
`

let worker: Miniflare
beforeAll(async () => {
  worker = startWorker('2026-11-02', await bundleWorker(script), { IMAGES: { type: 'images' } })
  await worker.ready
}, 30_000)
afterAll(() => worker.dispose())

describe('a picture without a mark', () => {
  test.each([
    [{ width: 480, fit: 'scale-down' }, 'webp', 480, 320],
    [{ width: 2000, fit: 'scale-down', format: 'jpeg' }, 'jpeg', 900, 600],
    [{ width: 1200, height: 500, fit: 'contain', format: 'png' }, 'png', 750, 500],
    [{ width: 200, height: 200, fit: 'cover', format: 'avif' }, 'heif', 200, 200],
    [{ width: 7, fit: 'contain' }, 'webp', 7, 5],
  ] as const)('comes out as its preset says: %j', async (preset, format, width, height) => {
    const drawn = await draw(await paint(900, 600), preset)
    expect(await sharp(drawn).metadata()).toMatchObject({ format, width, height })
  })

  test.each(['jpeg', 'png', 'webp'] as const)(
    'is upright, if its EXIF turns a %s',
    async (format) => {
      const picture = await sharp(await paint(900, 600))
        .withExif({})
        .withMetadata({ orientation: 6 })
        .toFormat(format)
        .toBuffer()
      const drawn = await draw(picture, { width: 400, fit: 'scale-down' })
      expect(await sharp(drawn).metadata()).toMatchObject({ width: 400, height: 600 })
    },
  )

  test('is a pixel high at least', async () => {
    const drawn = await draw(await paint(3000, 2), { width: 300, fit: 'scale-down' })
    expect(await sharp(drawn).metadata()).toMatchObject({ width: 300, height: 1 })
  })
})

describe('a mark', () => {
  const image = { type: 'image', src: 'logo', width: 200 }
  const text = { type: 'text', words: 'for Ada', size: 20, color: '#ffffff' }

  // Without the look at what was drawn, the picture comes out as if nothing had been asked for.
  test.each([image, text])('that is not drawn is refused: %j', async (look) => {
    const picture = await paint(900, 600)
    const mark = { ...look, opacity: 1, place: { at: 'center' } }
    const refused = await ask(picture, { preset: page, mark, verify: true })
    expect(await refused.json()).toMatchObject({
      code: 'server_failed',
      message: expect.stringContaining(`draws no marks of the type "${look.type}"`),
    })
    const trusted = await ask(picture, { preset: page, mark, verify: false })
    expect(new Uint8Array(await trusted.arrayBuffer())).toEqual(await draw(picture, page))
  })
})

describe('a failure of the binding', () => {
  test('is one of ours, without its own words', async () => {
    const broken = await makeNoise()
    broken.fill(0, 200, 1000)
    const reply = await ask(broken, { preset: page, mark: null, verify: true })
    expect(reply.status).toBe(422)
    // The local binding breaks down, where Cloudflare's answers 9412 or 9520.
    expect(await reply.json()).toEqual({
      code: 'host_unavailable',
      message: 'Cloudflare did not draw this picture. Try again in a moment.',
    })
  })
})

const page = { width: 480, fit: 'scale-down' } as const

async function makeNoise(): Promise<Uint8Array> {
  const noise = { type: 'gaussian', mean: 100, sigma: 30 } as const
  const create = { width: 900, height: 600, channels: 3, background: '#406080', noise } as const
  return new Uint8Array(await sharp({ create }).jpeg().toBuffer())
}

async function paint(width: number, height: number): Promise<Uint8Array> {
  return sharp({ create: { width, height, channels: 3, background: '#406080' } })
    .png()
    .toBuffer()
}

async function ask(picture: Uint8Array, drawing: object) {
  const headers = { drawing: JSON.stringify(drawing) }
  return worker.dispatchFetch('http://worker.example/', { method: 'POST', headers, body: picture })
}

async function draw(picture: Uint8Array, preset: RenditionPreset): Promise<Uint8Array> {
  const reply = await ask(picture, { preset, mark: null, verify: true })
  if (!reply.ok) throw new Error(await reply.text())
  return new Uint8Array(await reply.arrayBuffer())
}
