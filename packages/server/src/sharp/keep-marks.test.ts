import { describe, expect, test } from 'vitest'
import type { Mark } from '../gateway/renderer.ts'
import { keepMarks } from './keep-marks.ts'

const logo: Mark = {
  type: 'image',
  src: 'logo',
  width: 240,
  overlay: new Uint8Array(1),
  opacity: 0.7,
  place: { at: 'center' },
}
const picture = { width: 1600, height: 1000 }

describe('a mark', () => {
  test('that is a picture is drawn once for pictures of one size', async () => {
    const { drawn, lay } = open()
    for (let view = 0; view < 3; view += 1) await lay(logo)
    expect(drawn()).toBe(1)
  })

  test('is drawn anew for another look, overlay or size', async () => {
    const { drawn, lay } = open()
    const wide = await lay(logo)
    await lay({ ...logo, opacity: 0.4 })
    await lay({ ...logo, overlay: new Uint8Array(1) })
    expect(await lay(logo, { width: 800, height: 500 })).not.toBe(wide)
    expect(drawn()).toBe(4)
  })

  test('of text is drawn each time', async () => {
    const { drawn, lay } = open()
    const text = { size: 9, color: '#ffffff', opacity: 1, place: logo.place, words: 'Ada' }
    for (let view = 0; view < 3; view += 1) await lay({ ...text, type: 'text', text: '{viewer}' })
    expect(drawn()).toBe(3)
  })

  test('is forgotten when it is large, or when there are many', async () => {
    const large = open(2_000_000)
    for (let view = 0; view < 2; view += 1) await large.lay(logo)
    expect(large.drawn()).toBe(2)
    const many = open()
    for (let width = 1; width <= 40; width += 1) await many.lay(logo, { width, height: 1 })
    await many.lay(logo, { width: 40, height: 1 })
    await many.lay(logo, { width: 1, height: 1 })
    expect(many.drawn()).toBe(41)
  })
})

function getFont(): never {
  throw new Error('There is no font.')
}

function open(bytes = 10) {
  let drawn = 0
  const lay = keepMarks(async () => {
    drawn += 1
    return { input: Buffer.alloc(bytes), left: 0, top: 0 }
  })
  return {
    drawn: () => drawn,
    lay: (mark: Mark, size = picture) => lay(mark, { picture: size, frames: 1, getFont }),
  }
}
