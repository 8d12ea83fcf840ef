import { colour, whole } from './option-kinds.ts'
import type { Kind } from './option-kinds.ts'
import type { Border, DrawLayer, Trim } from './transform.ts'

const pixels = whole(0, 100_000)
const ring = ['top', 'right', 'bottom', 'left'] as const
const part = ['left', 'top', 'width', 'height'] as const

/**
 * `border`, the four sides with a semicolon in between, or, as there is no form for it in one value,
 * a part as `left:1;top:2;width:3;height:4`.
 */
export const trim: Kind<'border' | Trim> = {
  words: `"border", pixels of the sides, or a part by left, top, width and height`,
  write: (value) => (value === 'border' ? value : writeTrim(toEntries(value))),
  read: (text) => (text === 'border' ? text : (readSides(text) ?? readPart(text))),
}

/** A colour with a width. Only Workers take it, so it is written only to be checked. */
export const border: Kind<Border> = {
  words: 'a color with a width, or with top, right, bottom and left',
  write: (value) => JSON.stringify(value) ?? '',
  read(text) {
    const { color = '', ...widths } = toEntries(JSON.parse(text || 'null'))
    const names = Object.keys(widths).toSorted().join()
    const isKnown = names === 'width' || names === ring.toSorted().join()
    const isWell = isKnown && Object.values(widths).every((one) => readPixels(one) !== undefined)
    return isWell && colour.read(String(color)) !== undefined ? JSON.parse(text) : undefined
  },
}

/** Layers are handed on as they are: only that there are some is checked, and that each shows something. */
export const drawLayers: Kind<readonly DrawLayer[]> = {
  words: 'a list of layers, each with a url or a text',
  write: (value) => JSON.stringify(value) ?? '',
  read(text) {
    const layers: unknown = JSON.parse(text || 'null')
    return Array.isArray(layers) && layers.length > 0 && layers.every(showsSomething)
      ? layers
      : undefined
  },
}

function showsSomething(layer: unknown): boolean {
  const { url, text } = toEntries(layer)
  return typeof url === 'string' || typeof text === 'string'
}

type Entries = Readonly<Record<string, unknown>>

function toEntries(value: unknown): Entries {
  if (typeof value !== 'object' || value === null) return {}
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined))
}

function writeTrim(sides: Entries): string {
  const names = Object.keys(sides)
  const isWhole = (known: readonly string[]) => names.every((name) => known.includes(name))
  if (names.length === 0) return ''
  if (isWhole(ring)) return ring.map((name) => writePixels(sides[name] ?? 0)).join(';')
  return names
    .toSorted()
    .map((name) => `${name}:${writePixels(sides[name])}`)
    .join(';')
}

function readSides(text: string): Trim | undefined {
  const [top, right, bottom, left, ...more] = text.split(';').map(pixels.read)
  if (top === undefined || right === undefined || bottom === undefined || left === undefined)
    return undefined
  return more.length === 0 ? { top, right, bottom, left } : undefined
}

function readPart(text: string): Trim | undefined {
  const entries = text.split(';').map((one) => one.split(':'))
  if (!entries.every(isPart)) return undefined
  return Object.fromEntries(entries.map(([name, value]) => [name, Number(value)]))
}

function readPixels(value: unknown): number | undefined {
  return typeof value === 'number' ? pixels.read(String(value)) : undefined
}

function isPart([name = '', value = '']: readonly string[]): boolean {
  return part.some((known) => known === name) && pixels.read(value) !== undefined
}

function writePixels(value: unknown): string {
  return typeof value === 'number' ? String(value) : ''
}
