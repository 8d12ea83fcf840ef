import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import type { RenditionPreset } from '../gateway/rendition-preset.ts'
import type { Mark, Renderer, SourcePicture } from '../gateway/renderer.ts'
import { writeMark } from '../gateway/mark-words.ts'
import { defaultWatermarkPlans } from '../gateway/watermark-plan.ts'
import type { WatermarkPlan } from '../gateway/watermark-plan.ts'
import {
  findDifference,
  makeAnimation,
  makeNoise,
  makeOverlay,
  makePlain,
  readPixels,
  toPicture,
} from '../test-support/pictures.ts'
import { createSharpRenderer } from './sharp-renderer.ts'

const wide = { width: 1600, fit: 'scale-down', format: 'png' } as const
const corner = { at: 'bottom-right', inset: 24 } as const
const shared = defaultWatermarkPlans.shared
const renderer = createSharpRenderer()

describe('a mark in a corner', () => {
  test('changes what is below it, and not a pixel elsewhere', async () => {
    const picture = await makeNoise(1600, 1000)
    const mark = await toImageMark(240, 80)
    const [bare, marked] = await Promise.all([draw(picture, wide), draw(picture, wide, mark)])
    const box = findDifference(await readPixels(bare), await readPixels(marked))
    // 24 pixels from the corner, 240 wide, and a soft edge of 9 around it.
    expect(box?.right).toBeLessThanOrEqual(1599 - 24 + 9)
    expect(box?.right).toBeGreaterThanOrEqual(1599 - 24)
    expect(box?.left).toBeGreaterThanOrEqual(1600 - 24 - 240 - 9)
    expect(box?.left).toBeLessThanOrEqual(1600 - 24 - 240)
    expect(box?.bottom).toBeLessThanOrEqual(999 - 24 + 9)
    expect(box?.top).toBeGreaterThanOrEqual(1000 - 24 - 80 - 9)
  })

  test('is as opaque as its plan says', async () => {
    const picture = await makePlain(1600, 1000, '#000000')
    const shown = await readPixels(await draw(picture, wide, await toImageMark(240, 80, 0.4)))
    const at = 4 * (1600 * (1000 - 24 - 40) + 1600 - 24 - 120)
    expect(shown.data[at]).toBeCloseTo(255 * 0.4, -1)
    expect([...shown.data.subarray(at + 1, at + 3)]).toEqual([0, 0])
  })

  test.each([
    ['top-left', 24, 24],
    ['top-right', 1600 - 24 - 240, 24],
    ['bottom-left', 24, 1000 - 24 - 80],
  ] as const)('is where its plan says: %s', async (at, left, top) => {
    const picture = await makePlain(1600, 1000)
    const mark: Mark = { ...(await toImageMark(240, 80)), place: { at, inset: 24 } }
    const box = await boxOf(picture, wide, mark)
    expect(Math.abs((box?.left ?? 0) - left)).toBeLessThanOrEqual(9)
    expect(Math.abs((box?.top ?? 0) - top)).toBeLessThanOrEqual(9)
  })

  test('shrinks with the picture', async () => {
    const box = await boxOf(
      await makePlain(1600, 1000),
      { ...wide, width: 400 },
      await toImageMark(240, 80),
    )
    expect((box?.right ?? 0) - (box?.left ?? 0) + 1).toBeLessThanOrEqual(60 + 2 * 3)
    expect((box?.right ?? 0) - (box?.left ?? 0) + 1).toBeGreaterThanOrEqual(60)
  })

  test.each([
    ['as large as the picture', 500, 300, 0],
    ['much larger', 1500, 1500, 0],
    ['much larger, and turned', 2000, 200, 33],
  ])('that is %s fits into it', async (_, width, height, rotate) => {
    const picture = await makePlain(500, 300)
    const overlay = await makeOverlay(width, height)
    const mark: Mark = {
      type: 'image',
      src: 'logo',
      width: 9000,
      overlay,
      opacity: 1,
      place: corner,
      rotate,
    }
    const { width: drawn, height: high } = await readPixels(await draw(picture, wide, mark))
    expect([drawn, high]).toEqual([500, 300])
    expect(await boxOf(picture, wide, mark)).toBeDefined()
  })
})

describe('a mark of text', () => {
  test('is another one for another viewer', async () => {
    const picture = await makeNoise(1200, 800)
    const copies = await Promise.all(
      ['Ada', 'Bob', 'Ada'].map((viewer) => draw(picture, wide, toText(viewer))),
    )
    const [ada, bob, again] = copies.map((copy) => createHash('sha256').update(copy).digest('hex'))
    expect(ada).toBe(again)
    expect(ada).not.toBe(bob)
  })

  test('covers the whole picture when it is tiled: every eighth of it', async () => {
    const picture = await makePlain(1600, 1000)
    const [bare, marked] = await Promise.all([
      draw(picture, wide),
      draw(picture, wide, toText('Ada')),
    ])
    for (let column = 0; column < 4; column += 1) {
      for (let row = 0; row < 2; row += 1) {
        const part = { left: column * 400, top: row * 500, width: 400, height: 500 }
        const [one, other] = await Promise.all(
          [bare, marked].map(async (bytes) =>
            readPixels(await sharp(bytes).extract(part).png().toBuffer()),
          ),
        )
        expect(one && other && findDifference(one, other)).toBeDefined()
      }
    }
  })

  test.each([
    ['Latin', 'Zoë Œuvre'],
    ['Arabic', 'عمر الخيام'],
    ['Hebrew', 'שרה לוי'],
    ['Greek', 'Υπατία'],
    ['what it has no letters for', '山田太郎 🙂'],
  ])('is drawn in %s', async (_, viewer) => {
    const picture = await makePlain(1600, 400)
    const line: WatermarkPlan = {
      ...shared,
      text: '{viewer}',
      rotate: 0,
      place: corner,
      opacity: 1,
    }
    const box = await boxOf(picture, wide, toText(viewer, line))
    expect((box?.right ?? 0) - (box?.left ?? 0)).toBeGreaterThan(60)
  })

  test.each(['<span size="9999999">x</span>', '&lt;', '</markup>', '<', '&', '\u0000', '"\'', ''])(
    'takes %j for words and not for markup',
    async (viewer) => {
      const picture = await makePlain(400, 300)
      expect(await boxOf(picture, wide, toText(viewer))).toBeDefined()
    },
  )

  test('of a name without end is as wide as the picture at the most', async () => {
    const picture = await makePlain(300, 200)
    const line: WatermarkPlan = { ...shared, place: corner, rotate: 0 }
    expect(await boxOf(picture, wide, toText('x'.repeat(5000), line))).toBeDefined()
  })

  test('can be seen on white and on black', async () => {
    for (const ground of ['#ffffff', '#000000']) {
      expect(await boxOf(await makePlain(800, 600, ground), wide, toText('Ada'))).toBeDefined()
    }
  })

  test('needs a font only when there is a text to draw', async () => {
    const poor = createSharpRenderer({ font: { file: '/nowhere.ttf', family: 'None' } })
    const picture = await makePlain(40, 30)
    expect(await draw(picture, wide, await toImageMark(240, 80), poor)).toBeDefined()
  })
})

describe('pictures of all kinds', () => {
  test.each([
    [1, 1],
    [1, 400],
    [400, 1],
    [3, 2],
    [64, 48],
  ])(
    'of %i x %i pixels keep their size, and each plan has its mark on them',
    async (width, height) => {
      const picture = await makePlain(width, height)
      const marks = [await toImageMark(240, 80, 0.7), toText('Ada')]
      for (const mark of marks) {
        const drawn = await readPixels(await draw(picture, wide, mark))
        expect([drawn.width, drawn.height]).toEqual([width, height])
      }
      expect(await boxOf(picture, wide, marks[0] ?? null)).toBeDefined()
    },
  )

  test('that are huge are drawn small', async () => {
    const drawn = await readPixels(await draw(await makePlain(8000, 6000), wide, toText('Ada')))
    expect([drawn.width, drawn.height]).toEqual([1600, 1200])
  })

  test('that are to be turned are turned, and the mark is upright in its corner', async () => {
    const upright = await makeNoise(300, 600)
    const lying = await sharp(upright.bytes)
      .rotate(-90)
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer()
    const mark = await toImageMark(240, 80)
    const marked = await draw(toPicture(lying), wide, mark)
    expect(await sharp(marked).metadata()).toMatchObject({ width: 300, height: 600 })
    const box = findDifference(
      await readPixels(await draw(toPicture(lying), wide)),
      await readPixels(marked),
    )
    expect(box?.top).toBeGreaterThan(540)
    expect(box?.left).toBeGreaterThan(200)
  })

  test('lose their metadata: place, camera, comments and all', async () => {
    const exif = { IFD0: { Copyright: 'ada@example.com' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } }
    const tagged = await sharp((await makeNoise(90, 60)).bytes)
      .withExif(exif)
      .withXmp('<x>ada@example.com</x>')
      .jpeg()
      .toBuffer()
    expect(tagged.includes('ada@example.com')).toBe(true)
    for (const format of ['webp', 'jpeg', 'png', 'avif'] as const) {
      const drawn = await draw(toPicture(tagged), { ...wide, format })
      expect(Buffer.from(drawn).includes('ada@example.com')).toBe(false)
      expect((await sharp(drawn).metadata()).exif).toBeUndefined()
    }
  })

  test.each(['webp', 'png', 'avif'] as const)(
    'that are transparent stay so as %s',
    async (format) => {
      const drawn = await readPixels(
        await draw(await makeClear(), { ...wide, format }, await toImageMark(240, 80)),
      )
      expect(drawn.data[3]).toBe(0)
    },
  )

  test('that are transparent are on white as JPEG', async () => {
    const { data } = await readPixels(await draw(await makeClear(), { ...wide, format: 'jpeg' }))
    expect([...data.subarray(0, 3)]).toEqual([255, 255, 255])
  })

  test.each([
    ['cover', 100, 100],
    ['contain', 150, 100],
    ['scale-down', 60, 40],
  ] as const)('fit by %s', async (fit, width, height) => {
    const preset = { width: 100, height: 100, fit, format: 'png' } as const
    const small = fit === 'contain' ? { ...preset, width: 150 } : preset
    expect(await sharp(await draw(await makePlain(60, 40), small)).metadata()).toMatchObject({
      width,
      height,
    })
  })
})

describe('an animation', () => {
  test.each([
    ['gif', 'webp'],
    ['gif', 'gif'],
    ['webp', 'webp'],
    ['webp', 'gif'],
  ] as const)('of a %s moves on as %s, with the mark on every frame', async (from, format) => {
    const picture = await makeAnimation(['#ff0000', '#00ff00', '#0000ff'], from)
    for (const mark of [await toImageMark(240, 80, 0.7, '#ffffff'), toText('Ada')]) {
      const [bare, marked] = await Promise.all([
        draw(picture, { ...wide, format, quality: 100 }),
        draw(picture, { ...wide, format, quality: 100 }, mark),
      ])
      expect(await sharp(marked, { animated: true }).metadata()).toMatchObject({
        pages: 3,
        delay: [80, 80, 80],
      })
      const boxes = await Promise.all(
        [0, 1, 2].map(async (page) =>
          findDifference(await readPixels(bare, page), await readPixels(marked, page), 40),
        ),
      )
      for (const box of boxes) expect(box).toBeDefined()
      if (mark.type === 'image') expect(boxes[2]?.left).toBeGreaterThan(300)
    }
  })

  test('is its first frame where the format knows no other', async () => {
    const drawn = await draw(await makeAnimation(['#ff0000', '#00ff00']), {
      ...wide,
      format: 'jpeg',
    })
    expect((await sharp(drawn).metadata()).pages).toBeUndefined()
    expect((await readPixels(drawn)).data[0]).toBeGreaterThan(240)
  })

  test('that is too long is its first frame', async () => {
    const short = createSharpRenderer({ maxFrames: 2 })
    const picture = await makeAnimation(['#ff0000', '#00ff00', '#0000ff'])
    const drawn = await draw(picture, { ...wide, format: 'webp' }, null, short)
    expect((await sharp(drawn).metadata()).pages).toBeUndefined()
  })
})

describe('a picture that is not one', () => {
  test('but a bomb is refused before it is decoded', async () => {
    // 64 megapixels in some 100 kB.
    const { bytes: bomb } = await makePlain(8000, 8000)
    const startedAt = performance.now()
    await expect(draw(toPicture(bomb), wide)).rejects.toMatchObject({ code: 'pixels_too_many' })
    expect(performance.now() - startedAt).toBeLessThan(1000)
    // The same one, lying about its size.
    const lie = { ...toPicture(bomb), width: 10, height: 10 }
    await expect(draw(lie, wide)).rejects.toMatchObject({ code: 'pixels_too_many' })
  })

  test('any more is told as damaged', async () => {
    const { bytes, ...facts } = await makeNoise(800, 600)
    const broken = { ...facts, bytes: bytes.slice(0, Math.floor(bytes.length / 2)) }
    await expect(draw(broken, wide)).rejects.toMatchObject({ code: 'file_damaged' })
  })

  test('wanted any more is not drawn', async () => {
    const signal = AbortSignal.abort(new Error('They left.'))
    const render = renderer.render(await makePlain(4, 4), { preset: wide, mark: null, signal })
    await expect(render).rejects.toThrow('They left.')
  })
})

async function draw(
  picture: SourcePicture,
  preset: RenditionPreset,
  mark: Mark | null = null,
  by: Renderer = renderer,
): Promise<Uint8Array> {
  return by.render(picture, { preset, mark, signal: new AbortController().signal })
}

async function boxOf(picture: SourcePicture, preset: RenditionPreset, mark: Mark | null) {
  const [bare, marked] = await Promise.all([draw(picture, preset), draw(picture, preset, mark)])
  return findDifference(await readPixels(bare), await readPixels(marked))
}

async function toImageMark(
  width: number,
  height: number,
  opacity = 1,
  colour = '#ff0000',
): Promise<Mark> {
  const overlay = await makeOverlay(2 * width, 2 * height, colour)
  return { type: 'image', src: 'logo', width, overlay, opacity, place: corner }
}

function toText(viewer: string, plan: WatermarkPlan = shared): Mark {
  if (plan.type !== 'text') throw new Error('This is no plan of a text.')
  return { ...plan, words: writeMark(plan.text, { viewer, issuedAt: Date.UTC(2026, 10, 29) }) }
}

async function makeClear(): Promise<SourcePicture> {
  const create = { width: 1600, height: 1000, channels: 4 as const, background: '#00000000' }
  return toPicture(await sharp({ create }).png().toBuffer())
}
