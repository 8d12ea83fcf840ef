import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { toTint } from './initials.ts'

const css = readFileSync(new URL('avatar.css', import.meta.url), 'utf8')
const rule = css.slice(css.indexOf("  [data-slot='avatar-fallback'] {"))
const hues = [...rule.matchAll(/--lf-hue: (\d+);/gu)].map(([, hue]) => Number(hue))
const [grounds, inks] = ['background', 'color'].map((property) => readPair(property))

describe.each([
  ['light', 0],
  ['dark', 1],
])('in %s', (_, scheme) => {
  it.each(hues.map((hue) => [hue]))('initials of hue %i can be read on their ground', (hue) => {
    const [ground, ink] = [grounds, inks].map((pair) => luminance(pair?.[scheme] ?? [], hue))
    expect(contrast(ground ?? 0, ink ?? 0)).toBeGreaterThanOrEqual(4.5)
  })
})

it('has a pair in the stylesheet for each tint', () => {
  const tints = new Set(Array.from({ length: 500 }, (_, person) => toTint(`Person ${person}`)))
  expect(tints.size).toBe(hues.length)
})

/** Reads the lightness and the chroma that a property has in light and in dark. */
function readPair(property: string): readonly (readonly number[])[] {
  const declaration =
    new RegExp(`^ {4}${property}: light-dark\\((.+)\\);$`, 'mu').exec(rule)?.[1] ?? ''
  return [...declaration.matchAll(/oklch\(([\d.]+) ([\d.]+)/gu)].map(([, l, c]) => [
    Number(l),
    Number(c),
  ])
}

/** Follows CSS Color 4 from OKLCH to linear sRGB, then WCAG 2.2 to relative luminance. */
function luminance([lightness = 0, chroma = 0]: readonly number[], hue: number): number {
  const angle = (hue * Math.PI) / 180
  const [a, b] = [chroma * Math.cos(angle), chroma * Math.sin(angle)]
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const red = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s
  const green = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s
  const blue = -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s
  const [r = 0, g = 0, u = 0] = [red, green, blue].map((part) => Math.min(1, Math.max(0, part)))
  return 0.2126 * r + 0.7152 * g + 0.0722 * u
}

const contrast = (one: number, other: number): number =>
  (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
