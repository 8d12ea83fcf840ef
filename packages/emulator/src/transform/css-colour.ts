import { colourNames } from './colour-names.ts'

/** A colour: 0 to 255 each, and 0 to 1 for how much it covers. */
export interface Colour {
  readonly r: number
  readonly g: number
  readonly b: number
  readonly alpha: number
}

/** Parses a CSS colour: a name, `#rgb` to `#rrggbbaa`, `rgb()` or `rgba()` with commas or spaces. */
export function parseColour(text: string): Colour | undefined {
  const plain = text.trim().toLowerCase()
  if (plain === 'transparent') return { r: 0, g: 0, b: 0, alpha: 0 }
  const hex = colourNames.get(plain) ?? /^#([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/.exec(plain)?.[1]
  return hex === undefined ? parseRgb(plain) : fromHex(hex)
}

function fromHex(hex: string): Colour {
  const long = hex.length < 6 ? hex.replaceAll(/./g, '$&$&') : hex
  const [r = 0, g = 0, b = 0, a = 255] = (long.match(/../g) ?? []).map((pair) =>
    Number.parseInt(pair, 16),
  )
  return { r, g, b, alpha: a / 255 }
}

/** CSS allows commas throughout, or spaces with a slash before the alpha; Cloudflare's page also has a space there. */
function parseRgb(text: string): Colour | undefined {
  const inner = /^rgba?\(([^()]{1,60})\)$/.exec(text)?.[1]
  const parts = inner?.split(/[\s,/]+/).filter(Boolean) ?? []
  if (parts.length < 3 || parts.length > 4) return undefined
  const [r, g, b] = parts.slice(0, 3).map((part) => parsePart(part, 255))
  const alpha = parsePart(parts[3] ?? '1', 1)
  if (r === undefined || g === undefined || b === undefined || alpha === undefined) return undefined
  return { r: Math.round(r), g: Math.round(g), b: Math.round(b), alpha }
}

function parsePart(text: string, whole: number): number | undefined {
  const [, digits, percent] = /^(\d{1,5}(?:\.\d{1,9})?|\.\d{1,9})(%?)$/.exec(text) ?? []
  if (digits === undefined) return undefined
  return Math.min(whole, percent ? (Number(digits) / 100) * whole : Number(digits))
}
