import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toInitials } from './initials.ts'
import { contrast, HUES, MIN_CONTRAST, toGround, toHue, white } from './placeholder-colour.ts'
import { drawPlaceholder } from './placeholder.ts'

const text = fc.string({ unit: 'binary', maxLength: 60 })

describe('initials', () => {
  test.each([
    ['Ada Lovelace', 'AL'],
    ['  ada   king lovelace ', 'AL'],
    ['Nina', 'N'],
    ['李小龙', '李'],
    ['محمد علي', 'مع'],
    ['שרה כהן', 'שכ'],
    ['👩‍🚀 Astronaut', '👩‍🚀A'],
    ['🇧🇪 Belle', '🇧🇪B'],
    ['👨‍👩‍👧‍👦', '👨‍👩‍👧‍👦'],
    ['e\u0301milie du Châtelet', 'E\u0301C'],
    ['(Bob) "Builder"', 'BB'],
    ['<script> &amp;', 'SA'],
    ['\u202eevil\u0000 name', 'EN'],
    ['\ud800 lone', 'L'],
    ['ßuper', 'SS'],
    ['', ''],
    [' \t\n', ''],
    ['!!! ...', ''],
    ['\u200d\u200b', ''],
  ])('shortens %j to %j', (name, initials) => {
    expect(toInitials(name)).toBe(initials)
  })

  test('are never more than two signs, however a name is written', () => {
    fc.assert(
      fc.property(text, (name) => {
        const initials = toInitials(name)
        expect(initials.length).toBeLessThanOrEqual(2 * 3 * 32)
        expect(initials.isWellFormed()).toBe(true)
      }),
    )
  })

  test('cut a sign that was stacked up to fill the screen', () => {
    expect(toInitials(`z${'\u0301'.repeat(5000)}algo`)).toBe('Z')
  })
})

describe('colours', () => {
  test('let white be read on every hue', () => {
    for (let hue = 0; hue < HUES; hue += 1) {
      expect(contrast(toGround(hue), white)).toBeGreaterThanOrEqual(MIN_CONTRAST)
    }
  })

  test('let white be read whatever the id', () => {
    fc.assert(
      fc.property(text, (id) => {
        expect(contrast(toGround(toHue(id)), white)).toBeGreaterThanOrEqual(MIN_CONTRAST)
      }),
    )
  })

  test('measure contrast as the guidelines do', () => {
    expect(contrast([0, 0, 0], white)).toBeCloseTo(21, 5)
    expect(contrast([119, 119, 119], white)).toBeCloseTo(4.48, 2)
    expect(contrast(white, white)).toBe(1)
  })

  test('differ between people, and are the same for one', () => {
    const ids = Array.from({ length: 200 }, (_, at) => `user-${at}`)
    expect(new Set(ids.map(toHue)).size).toBeGreaterThan(100)
    expect(toHue('ada')).toBe(toHue('ada'))
  })
})

describe('drawPlaceholder', () => {
  test('shows initials, and the name nowhere', () => {
    const svg = drawPlaceholder({ id: 'u1', name: 'Ada Lovelace' })
    expect(svg).toContain('>AL</text>')
    expect(svg).toContain('role="img" aria-label="AL"')
    expect(svg).not.toMatch(/Ada|u1/)
  })

  test.each(['', '...', null])('draws a sign of nobody for the name %j', (name) => {
    expect(drawPlaceholder({ id: 'u1', name })).toContain('aria-label="No picture of this person"')
    expect(drawPlaceholder({ id: 'u1', name, sign: 'picture' })).toContain('"No picture"')
  })

  test.each([
    ['\u0d4e<', '&lt;'],
    ['\u0d4e&', '&amp;'],
    ['\u0d4e"', '&quot;'],
    ['\u0d4e\uffff', ''],
  ])('escapes what some scripts write in front of anything: %j', (name, escaped) => {
    expect(drawPlaceholder({ id: 'u1', name })).toContain(`>\u0d4e${escaped}</text>`)
  })

  test('is the same few elements whatever the name and the id', () => {
    const markup =
      /^<svg( [\w-]+="[^"<>&]*(?:&\w+;[^"<>&]*)*")+>(<\/?(rect|text|g|circle|path)( [\w-]+="[^"<>]*")*\/?>|[^<>])*<\/svg>$/u
    fc.assert(
      fc.property(text, text, (id, name) => {
        const svg = drawPlaceholder({ id, name })
        expect(svg).toMatch(markup)
        expect(svg.match(/<svg|<\/svg>/g)).toHaveLength(2)
        expect(svg).not.toMatch(/\p{Cc}|\p{Bidi_Control}/u)
        expect(svg.isWellFormed()).toBe(true)
      }),
    )
  })
})
