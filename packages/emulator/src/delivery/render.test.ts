import { describe, expect, test } from 'vitest'
import { defaultSettings } from '../settings.ts'
import { publicVariant } from '../variant.ts'
import { createAskedReader } from './asked.ts'
import { createRender } from './render.ts'
import type { Pixels, Resize } from '../pixels.ts'
import type { EmulatorSettings } from '../settings.ts'
import type { StoredFile } from '../store.ts'
import type { Render } from './render.ts'

const reader = createAskedReader(defaultSettings)
const asked = reader.readVariant(publicVariant)

/** A port that makes pictures of four bytes, each when it is told to. */
function openPixels(settings: Partial<EmulatorSettings> = {}): {
  readonly made: Resize[]
  readonly finish: (() => void)[]
  readonly render: Render
} {
  const made: Resize[] = []
  const finish: (() => void)[] = []
  const pixels: Pixels = {
    concurrency: 1,
    inspect: async () => undefined,
    async resize(_, resize) {
      made.push(resize)
      await new Promise<void>((resolve) => finish.push(resolve))
      return new Uint8Array(4)
    },
  }
  const config = { pixels, settings: { ...defaultSettings, ...settings } }
  return { made, finish, render: createRender(config) }
}

const gif = (frames: number, byte = 1): StoredFile => ({
  bytes: new Uint8Array([byte]),
  type: 'image/gif',
  filename: 'a.gif',
  picture: { width: 1000, height: 1000, frames },
})

const accept = (types: string): Headers => new Headers({ Accept: types })

async function finished<Value>(finish: (() => void)[], value: Promise<Value>): Promise<Value> {
  await expect.poll(() => finish.length).toBeGreaterThan(0)
  for (const end of finish.splice(0)) end()
  return value
}

describe('a rendition', () => {
  test('is made once per content and type, whichever object holds the bytes', async () => {
    const { made, finish, render } = openPixels()
    await finished(finish, render(gif(1), asked, accept('*/*')))
    await render(gif(1), asked, accept('text/html,*/*'))
    await finished(finish, render(gif(1), asked, accept('image/webp')))
    await finished(finish, render(gif(1, 2), asked, accept('*/*')))
    const types = made.map(({ encoding }) => encoding.type)
    expect(types).toEqual(['image/gif', 'image/webp', 'image/gif'])
  })

  test('is made once for all who ask while it is made', async () => {
    const { made, finish, render } = openPixels()
    const all = [1, 2, 3].map(() => render(gif(1), asked, accept('*/*')))
    const [first, ...others] = await finished(finish, Promise.all(all))
    expect(made).toHaveLength(1)
    for (const other of others) expect(other).toBe(first)
  })

  test('is made again when there was no room to keep it', async () => {
    const { made, finish, render } = openPixels({ renditionCacheBytes: 7 })
    for (const byte of [1, 2, 1]) {
      await finished(finish, render(gif(1, byte), asked, accept('*/*')))
    }
    expect(made).toHaveLength(3)
  })

  test('that failed is tried again', async () => {
    let tries = 0
    const resize = async (): Promise<Uint8Array<ArrayBuffer>> => {
      tries += 1
      if (tries === 1) throw new Error('broken')
      return new Uint8Array(4)
    }
    const pixels: Pixels = { inspect: async () => undefined, resize }
    const render = createRender({ pixels, settings: defaultSettings })
    await expect(render(gif(1), asked, accept('*/*'))).rejects.toThrow('broken')
    expect((await render(gif(1), asked, accept('*/*'))).bytes).toHaveLength(4)
  })

  test('waits for its turn, and is refused when too many wait', async () => {
    const { made, finish, render } = openPixels({ maxWaitingRenders: 1 })
    const first = render(gif(1, 1), asked, accept('*/*'))
    await expect.poll(() => made.length).toBe(1)
    // Which of the two comes to the gate first is chance: their bytes are hashed side by side.
    const others = [2, 3].map((byte) =>
      render(gif(1, byte), asked, accept('*/*')).then(() => 'made', String),
    )
    expect(await Promise.race(others)).toContain('busy')
    expect(made).toHaveLength(1)
    await finished(finish, first)
    const outcomes = await finished(finish, Promise.all(others))
    expect(outcomes.filter((outcome) => outcome === 'made')).toHaveLength(1)
    expect(made).toHaveLength(2)
  })
})

test('an animation of more than fifty megapixels is sent as it came', async () => {
  const { made, finish, render } = openPixels()
  const sent = await render(gif(51), asked, accept('image/webp'))
  expect(sent.bytes).toEqual(gif(51).bytes)
  expect(sent.headers['Content-Type']).toBe('image/gif')
  await finished(finish, render(gif(50, 2), asked, accept('image/webp')))
  expect(made).toHaveLength(1)
})

test('trim=border is refused by name where the port cannot find one', async () => {
  const { render } = openPixels()
  const border = reader.readList('trim=border')
  await expect(render(gif(1), border, accept('*/*'))).rejects.toThrow('trim=border')
})
