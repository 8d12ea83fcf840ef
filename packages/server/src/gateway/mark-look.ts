/** What marks have in common, whichever renderer draws them. */

type Channels = readonly [red: number, green: number, blue: number]

/** How far the shade of a text spreads, by the size of its letters. */
export const TEXT_SHADE = 0.08

/** Reads a colour such as `#ffffff`; each channel from 0 to 255. */
export function toChannels(color: string): Channels {
  const value = Number.parseInt(color.slice(1), 16)
  return [Math.floor(value / 65_536), Math.floor(value / 256) % 256, value % 256]
}

/** Yields what an eye takes for light, from 0 to 255. */
export const lightOf = (red: number, green: number, blue: number): number =>
  0.299 * red + 0.587 * green + 0.114 * blue
