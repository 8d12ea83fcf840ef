/** Red, green and blue, from 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number]

export const HUES = 360

/** The least contrast of text: https://www.w3.org/TR/WCAG22/#contrast-minimum */
export const MIN_CONTRAST = 4.5

export const white: Colour = [255, 255, 255]

const SATURATION = 0.42
const LIGHTEST = 0.5
const STEP = 0.01

/** Picks a hue by an id: the same person looks the same everywhere. */
export function toHue(id: string): number {
  let sum = 0
  for (const letter of id) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521
  return sum % HUES
}

/** Finds the lightest ground of a hue on which white can be read: yellow has to be darker than blue. */
export function toGround(hue: number): Colour {
  for (let lightness = LIGHTEST; lightness > 0; lightness -= STEP) {
    const ground = toRgb(hue, SATURATION, lightness)
    if (contrast(ground, white) >= MIN_CONTRAST) return ground
  }
  return [0, 0, 0]
}

/** Tells by how much two colours differ in brightness, from 1 to 21. */
export function contrast(one: Colour, other: Colour): number {
  const [first, second] = [toLuminance(one), toLuminance(other)]
  return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05)
}

export function toHex(colour: Colour): string {
  return `#${colour.map((part) => part.toString(16).padStart(2, '0')).join('')}`
}

/** https://www.w3.org/TR/css-color-4/#hsl-to-rgb */
function toRgb(hue: number, saturation: number, lightness: number): Colour {
  const reach = saturation * Math.min(lightness, 1 - lightness)
  const toPart = (offset: number): number => {
    const turn = (offset + hue / 30) % 12
    return Math.round(255 * (lightness - reach * Math.max(-1, Math.min(turn - 3, 9 - turn, 1))))
  }
  return [toPart(0), toPart(8), toPart(4)]
}

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function toLuminance([red, green, blue]: Colour): number {
  return 0.2126 * toLinear(red) + 0.7152 * toLinear(green) + 0.0722 * toLinear(blue)
}

function toLinear(part: number): number {
  const share = part / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}
