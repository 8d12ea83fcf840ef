import { parseColour } from './css-colour.ts'
import type { Colour } from './css-colour.ts'
import type { Length, Point, Trim } from './transform-options.ts'

/** Reads the value of an option; `undefined` is a value it cannot have. */
export type Read<Value> = (text: string) => Value | undefined

/** Reads a whole number within limits. */
export const whole =
  (least: number, most: number): Read<number> =>
  (text) =>
    /^\d{1,9}$/.test(text) ? within(Number(text), least, most) : undefined

/** Reads a number within limits. */
export const decimal =
  (least: number, most: number): Read<number> =>
  (text) =>
    /^(?:\d{1,9}(?:\.\d{1,9})?|\.\d{1,9})$/.test(text)
      ? within(Number(text), least, most)
      : undefined

/** Reads one of a few words. */
export const word =
  <Word extends string>(...words: readonly Word[]): Read<Word> =>
  (text) =>
    words.find((known) => known === text)

/** Reads a word that stands for something. */
export const lookup =
  <Value>(values: Readonly<Record<string, Value>>): Read<Value> =>
  (text) =>
    Object.hasOwn(values, text) ? values[text] : undefined

/** Reads a CSS colour. */
export const colour: Read<Colour> = parseColour

/** Reads whole pixels, or a fraction if there is a decimal point. */
export const length: Read<Length> = (text) => {
  const pixels = whole(0, 100_000)(text)
  if (pixels !== undefined) return { pixels }
  const fraction = text.includes('.') ? decimal(0, 1)(text) : undefined
  return fraction === undefined ? undefined : { fraction }
}

/** Reads `top;right;bottom;left`. */
export const sides: Read<Trim> = (text) => {
  const [top, right, bottom, left, more] = text.split(';').map(length)
  return top && right && bottom && left && !more ? { top, right, bottom, left } : undefined
}

/** Reads `XxY`, two fractions. */
export const point: Read<Point> = (text) => {
  const [x, y, more] = text.split('x').map(decimal(0, 1))
  return x === undefined || y === undefined || more !== undefined || text.split('x').length > 2
    ? undefined
    : { x, y }
}

/** Reads a list of whole numbers between semicolons, smallest first. */
export const widths: Read<readonly number[]> = (text) => {
  const parts = text.split(';').map(whole(1, 12_000))
  const known = parts.filter((part) => part !== undefined)
  return known.length === parts.length ? known.toSorted((a, b) => a - b) : undefined
}

/** Reads with the first reader that can. */
export const either =
  <One, Other>(one: Read<One>, other: Read<Other>): Read<One | Other> =>
  (text) =>
    one(text) ?? other(text)

const within = (value: number, least: number, most: number): number | undefined =>
  value >= least && value <= most ? value : undefined
