/** What is told of a text that is not told by its plan. */

/** Letters of scripts that are written from right to left. */
const RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u
/** Signs without width that isolate a direction, or give a line its own. */
const DIRECTIONS = /[\u200E\u200F\u2066-\u2069]/g

/** Leaves out signs of direction where there is none to tell: a font that lacks them would show boxes. */
export function toLine(words: string): string {
  return RIGHT_TO_LEFT.test(words) ? words : words.replaceAll(DIRECTIONS, '')
}

/** How far a shade spreads, by the size of the letters. */
const SPREAD = 0.08

/** Tells how the same letters look beneath a text, blurred and of the opposite, so that it can be read on any ground. */
export function toShade({ size, color }: { readonly size: number; readonly color: string }): {
  readonly color: string
  readonly blur: number
} {
  const blur = Math.max(1, Math.round(SPREAD * size))
  return { color: isLight(color) ? '#000000' : '#ffffff', blur }
}

/** By what an eye takes for light. */
function isLight(color: string): boolean {
  const value = Number.parseInt(color.slice(1), 16)
  const [red, green, blue] = [
    Math.floor(value / 65_536),
    Math.floor(value / 256) % 256,
    value % 256,
  ]
  return 0.299 * red + 0.587 * green + 0.114 * blue > 127
}
