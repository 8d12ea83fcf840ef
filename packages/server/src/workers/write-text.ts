/** What is told of a text that is not told by its plan. */
import { lightOf, TEXT_SHADE, toChannels } from '../gateway/mark-look.ts'
import { RIGHT_TO_LEFT } from '../gateway/mark-words.ts'

/** Signs without width that isolate a direction, or give a line its own. */
const DIRECTIONS = /[\u200E\u200F\u2066-\u2069]/g

/** Leaves out signs of direction where there is none to tell: a font that lacks them would show boxes. */
export function toLine(words: string): string {
  return RIGHT_TO_LEFT.test(words) ? words : words.replaceAll(DIRECTIONS, '')
}

/** Tells how the same letters look beneath a text, blurred and of the opposite, so that it can be read on any ground. */
export function toShade({ size, color }: { readonly size: number; readonly color: string }): {
  readonly color: string
  readonly blur: number
} {
  const blur = Math.max(1, Math.round(TEXT_SHADE * size))
  return { color: lightOf(...toChannels(color)) > 127 ? '#000000' : '#ffffff', blur }
}
