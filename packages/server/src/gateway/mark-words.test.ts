import { describe, expect, test } from 'vitest'
import { writeMark } from './mark-words.ts'

const issuedAt = Date.UTC(2026, 10, 29, 23, 59)
const write = (viewer: string, template = 'for {viewer}'): string =>
  writeMark(template, { viewer, issuedAt })

describe('the words of a mark', () => {
  test('name the viewer and the day, each by itself', () => {
    expect(write('Ada', 'shared with {viewer} on {date}')).toBe(
      '\u200Eshared with \u2068Ada\u2069 on \u20682026-11-29\u2069',
    )
  })

  test('begin on the side where the template does, whoever it names', () => {
    expect(write('שרה')).toMatch(/^\u200E/)
    expect(write('Ada', 'عبر {viewer}')).toMatch(/^\u200F/)
    expect(write('Ada', '{viewer}')).toMatch(/^\u200E/)
  })

  test.each([
    ['what turns text around', '\u202Eada\u202C\u2066x\u2069', 'adax'],
    ['lines and controls', ' a\r\nb\tc\u0000d\u2028e ', 'a b c d e'],
    ['half a character', 'a\uD800b', 'ab'],
    ['signs without a width', 'a\u200B\uFEFFb', 'ab'],
    ['what piles up', `a${'\u0301'.repeat(50)}`, 'a\u0301\u0301'],
  ])('lose %s', (_, viewer, shown) => {
    expect(write(viewer)).toBe(`\u200Efor \u2068${shown}\u2069`)
  })

  test('keep what Persian needs, and the template to the letter', () => {
    expect(write('می\u200Cخواهم')).toContain('می\u200Cخواهم')
    expect(write('{date} $& $1')).toBe('\u200Efor \u2068{date} $& $1\u2069')
  })

  test.each([
    ['letters', 'x'.repeat(100_000)],
    ['families', '👩‍👩‍👧‍👦'.repeat(5000)],
  ])('are short, however many %s there are', (_, viewer) => {
    const words = write(viewer)
    expect(words.length).toBeLessThan(80 * 12 + 20)
    expect(words).toContain('…')
  })
})
