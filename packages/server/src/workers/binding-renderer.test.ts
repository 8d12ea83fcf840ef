import { describe, expect, test } from 'vitest'
import type { RenditionPreset } from '../gateway/rendition-preset.ts'
import type { Mark, SourcePicture } from '../gateway/renderer.ts'
import { defaultWatermarkPlans } from '../gateway/watermark-plan.ts'
import { createBindingRenderer } from './binding-renderer.ts'
import type { BindingRendererOptions } from './binding-renderer.ts'
import type { BindingImage, ImagesBinding } from './images-binding.ts'

/** Nobody but Cloudflare draws by the binding, so that marks are checked by what is asked of it. */

const page = { width: 1600, fit: 'scale-down' } as const
const font = { url: 'https://fonts.example/sans.ttf' }
const picture: SourcePicture = {
  bytes: new Uint8Array([1]),
  type: 'image/jpeg',
  width: 3200,
  height: 2000,
  frames: 1,
}
const logo: Mark = { ...defaultWatermarkPlans.premium, overlay: new Uint8Array([2]) }
const shared: Mark = { ...defaultWatermarkPlans.shared, words: '\u200Eshared with \u2068Ada\u2069' }
const ground = [['input'], ['transform', { width: 1600, height: 1000, fit: 'contain' }]]

describe('the default plans', () => {
  test('a logo is in its corner, faint', async () => {
    expect(await drawn(logo)).toEqual([
      ...ground,
      [
        'draw',
        [
          ['input'],
          ['transform', { width: 160, height: 976, fit: 'contain' }],
          ['transform', { width: 1576, height: 976, fit: 'scale-down' }],
        ],
        { opacity: 0.4, bottom: 24, right: 24 },
      ],
    ])
  })

  test('the logo of the free tier is larger, and more opaque', async () => {
    const free: Mark = { ...defaultWatermarkPlans.free, overlay: new Uint8Array([2]) }
    const [, , draw] = await drawn(free)
    expect(draw).toEqual([
      'draw',
      [['input'], ['transform', { width: 240, height: 976, fit: 'contain' }], expect.anything()],
      { opacity: 0.7, bottom: 24, right: 24 },
    ])
  })

  test('a text is all over the picture, with its shade beneath it', async () => {
    const tile = [
      ['transform', { border: { color: 'rgba(0,0,0,0)', width: 30 } }],
      ['transform', { width: 1600, height: 1000, fit: 'scale-down' }],
    ]
    const dark = ['text', 'shared with Ada', { font, size: 30, color: '#000000' }]
    const light = ['text', 'shared with Ada', { font, size: 30, color: '#ffffff' }]
    expect(await drawn(shared)).toEqual([
      ...ground,
      ['draw', [dark, ['transform', { blur: 2 }], ...tile], { opacity: 0.5, repeat: true }],
      ['draw', [light, ...tile], { opacity: 0.5, repeat: true }],
    ])
  })
})

describe('a mark', () => {
  test('shrinks with the picture', async () => {
    const [, , draw] = await drawn(logo, { width: 400, fit: 'scale-down' })
    expect(draw).toEqual([
      'draw',
      [['input'], ['transform', { width: 40, height: 244, fit: 'contain' }], expect.anything()],
      { opacity: 0.4, bottom: 6, right: 6 },
    ])
  })

  test.each([
    ['top-left', { top: 24, left: 24 }],
    ['top-right', { top: 24, right: 24 }],
    ['bottom-left', { bottom: 24, left: 24 }],
    ['center', {}],
  ] as const)('is where its plan says: %s', async (at, edges) => {
    const place = at === 'center' ? { at } : { at, inset: 24 }
    const [, , draw] = await drawn({ ...logo, place })
    expect(draw?.at(-1)).toEqual({ opacity: 0.4, ...edges })
  })

  test.each([
    [-24, []],
    [60, [['transform', { rotate: 90 }]]],
    [-90, [['transform', { rotate: 270 }]]],
    [181, [['transform', { rotate: 180 }]]],
    [340, []],
  ])('of %i degrees is turned by the nearest quarter', async (rotate, steps) => {
    const [, , draw] = await drawn({ ...logo, rotate, place: { at: 'center' } })
    expect(draw?.[1]).toEqual([
      ['input'],
      ['transform', { width: 160, height: 1000, fit: 'contain' }],
      ...steps,
      ['transform', { width: 1600, height: 1000, fit: 'scale-down' }],
    ])
  })

  test('leaves a text its signs of direction where a script needs them', async () => {
    const words = '\u200Eshared with \u2068\u05E2\u05D3\u05D4\u2069'
    const [, , draw] = await drawn({ ...shared, words })
    expect(draw?.[1]).toEqual(expect.arrayContaining([['text', words, expect.anything()]]))
  })

  test('of text is refused without a font', async () => {
    const { images } = record()
    const renderer = createBindingRenderer({ images })
    await expect(renderer.render(picture, toDrawing(page, shared))).rejects.toThrow(TypeError)
  })

  test.each([1, 2, 3, 40])(
    'has room in a picture %i pixels wide, whatever its inset',
    async (side) => {
      const place = { at: 'bottom-right', inset: 4000 } as const
      const [, , draw] = await drawn(
        { ...logo, place },
        { width: side, height: side, fit: 'cover' },
      )
      const inset = Math.floor(side / 2)
      expect(draw?.at(-1)).toEqual({ opacity: 0.4, bottom: inset, right: inset })
      const room = { width: side - inset, height: side - inset, fit: 'scale-down' }
      expect(draw?.[1]).toEqual(expect.arrayContaining([['transform', room]]))
    },
  )
})

describe('an animation', () => {
  const moving: SourcePicture = {
    ...picture,
    width: 400,
    height: 300,
    type: 'image/gif',
    frames: 9,
  }

  test.each([
    ['webp', null, true],
    ['gif', null, true],
    ['jpeg', null, false],
    // Whether Cloudflare draws on every frame is not told, and one without a mark would give the picture away.
    ['webp', logo, false],
  ] as const)('as %s, with the mark %j, moves: %s', async (format, mark, anim) => {
    const { outputs } = await renderOnce(mark, { ...page, format }, { of: moving })
    expect(outputs).toEqual([expect.objectContaining({ format: `image/${format}`, anim })])
  })

  test('that is too much is shown as its first frame', async () => {
    const { outputs } = await renderOnce(null, page, { of: moving, maxPixels: 400 * 300 * 8 })
    expect(outputs).toEqual([{ format: 'image/webp', quality: 85, anim: false }])
  })
})

describe('a binding is trusted with marks', () => {
  test('once it has shown that it draws', async () => {
    const { images, outputs } = record({ draws: true })
    const renderer = createBindingRenderer({ images, font })
    await renderer.render(picture, toDrawing(page, logo))
    await renderer.render(picture, toDrawing(page, logo))
    // Two for the proof, and one for each rendition.
    expect(outputs).toHaveLength(4)
    await renderer.render(picture, toDrawing(page, shared))
    expect(outputs).toHaveLength(7)
  })

  test('and otherwise refused, every time', async () => {
    const { images } = record({ draws: false })
    const renderer = createBindingRenderer({ images, font })
    for (const mark of [logo, logo, shared]) {
      const failed = { code: 'server_failed', message: expect.stringContaining('draws no marks') }
      await expect(renderer.render(picture, toDrawing(page, mark))).rejects.toMatchObject(failed)
    }
    await expect(renderer.render(picture, toDrawing(page, null))).resolves.toBeInstanceOf(
      Uint8Array,
    )
  })

  test('and asked again, if it could not answer', async () => {
    const { images, fail } = record({ draws: true })
    const renderer = createBindingRenderer({ images, font })
    fail(9523)
    const first = renderer.render(picture, toDrawing(page, logo))
    await expect(first).rejects.toMatchObject({ code: 'host_unavailable' })
    fail(undefined)
    await expect(renderer.render(picture, toDrawing(page, logo))).resolves.toBeDefined()
  })
})

describe('a picture that is not drawn', () => {
  test.each([
    [9402, 'pixels_too_many'],
    [9412, 'file_damaged'],
    [9413, 'pixels_too_many'],
    [9422, 'host_refused'],
    [9520, 'file_damaged'],
    [9523, 'host_unavailable'],
  ])('for the reason %i is told as %s, without the words of the binding', async (number, code) => {
    const { images, fail } = record()
    fail(number)
    const failed = createBindingRenderer({ images }).render(picture, toDrawing(page, null))
    await expect(failed).rejects.toMatchObject({
      code,
      message: expect.not.stringContaining('fonts.example'),
    })
  })

  test('since it is too much is not even sent', async () => {
    const { images, outputs } = record()
    const renderer = createBindingRenderer({ images, maxPixels: 3200 * 2000 - 1 })
    const failed = renderer.render(picture, toDrawing(page, null))
    await expect(failed).rejects.toMatchObject({ code: 'pixels_too_many' })
    expect(outputs).toEqual([])
  })

  test('since nobody waits for it is not even sent', async () => {
    const { images, outputs } = record()
    const signal = AbortSignal.abort(new Error('They left.'))
    const drawing = { preset: page, mark: null, signal }
    await expect(createBindingRenderer({ images }).render(picture, drawing)).rejects.toThrow(
      'They left.',
    )
    expect(outputs).toEqual([])
  })
})

test.each([
  ['webp', { format: 'image/webp', quality: 85, anim: true }],
  ['jpeg', { format: 'image/jpeg', quality: 85, background: '#ffffff', anim: false }],
  ['avif', { format: 'image/avif', quality: 85, anim: false }],
  ['png', { format: 'image/png', anim: false }],
  ['gif', { format: 'image/gif', anim: true }],
] as const)('a %s is as good and as transparent as one by sharp', async (format, output) => {
  const { outputs } = await renderOnce(null, { ...page, format })
  expect(outputs).toEqual([output])
})

type Step = readonly unknown[]
type Noted = readonly Step[]

interface Recording {
  readonly images: ImagesBinding
  readonly outputs: object[]
  readonly notes: Noted[]
  /** From now on, every output fails for this reason. */
  readonly fail: (number: number | undefined) => void
}

/** Notes what is asked of the binding. Its pictures are as many bytes as something was drawn on them. */
function record({ draws = true } = {}): Recording {
  const outputs: object[] = []
  const notes: Noted[] = []
  const images = new WeakMap<object, Noted>()
  let reason: number | undefined

  const make = (noted: Noted): BindingImage => {
    const image: BindingImage = {
      transform: (step) => make([...noted, ['transform', step]]),
      draw: (overlay, options) => make([...noted, ['draw', images.get(overlay) ?? [], options]]),
      async output(options) {
        outputs.push(options)
        notes.push(noted)
        if (reason !== undefined) throw new TheirError(reason)
        const marks = draws ? noted.filter(([name]) => name === 'draw') : []
        return { response: () => ({ arrayBuffer: async () => new ArrayBuffer(1 + marks.length) }) }
      },
    }
    images.set(image, noted)
    return image
  }
  return {
    images: {
      input: () => make([['input']]),
      text: (words, look) => make([['text', words, look]]),
    },
    outputs,
    notes,
    fail: (number) => void (reason = number),
  }
}

class TheirError extends Error {
  readonly code: number
  constructor(code: number) {
    super(`IMAGES_TRANSFORM_ERROR ${code}: ${font.url} could not be used`)
    this.code = code
  }
}

const toDrawing = (preset: RenditionPreset, mark: Mark | null) => ({
  preset,
  mark,
  signal: new AbortController().signal,
})

async function renderOnce(
  mark: Mark | null,
  preset: RenditionPreset = page,
  { of = picture, ...options }: Partial<BindingRendererOptions> & { of?: SourcePicture } = {},
): Promise<Recording> {
  const recording = record()
  const { images } = recording
  const renderer = createBindingRenderer({ images, font, verify: false, ...options })
  await renderer.render(of, toDrawing(preset, mark))
  return recording
}

/** What is asked for one rendition, step by step. */
async function drawn(mark: Mark, preset: RenditionPreset = page): Promise<Noted> {
  const { notes } = await renderOnce(mark, preset)
  return notes[0] ?? []
}
