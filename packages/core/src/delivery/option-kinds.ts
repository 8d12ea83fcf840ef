/** What values an option can have, and how a URL writes them. A value is right if it can be read as it is written. */
export interface Kind<Value> {
  /** Ends the sentence `width must be …`. */
  readonly words: string
  readonly write: (value: unknown) => string
  readonly read: (text: string) => Value | undefined
}

/** A whole number within limits. */
export function whole(min: number, max: number): Kind<number> {
  return {
    words: `a whole number from ${min} to ${max}`,
    write: (value) => (typeof value === 'number' ? String(value) : ''),
    read: (text) => (/^\d{1,6}$/.test(text) ? within(Number(text), min, max) : undefined),
  }
}

/** A number within limits, with at most four decimals: equal pictures should have equal URLs. */
export function decimal(min: number, max = Infinity): Kind<number> {
  return {
    words: max === Infinity ? `a number, at least ${min}` : `a number from ${min} to ${max}`,
    write: toDecimal,
    read: (text) => readDecimal(text, min, max),
  }
}

/** One of a few words. */
export function word<Word extends string>(...words: readonly Word[]): Kind<Word> {
  return {
    words: words.length === 1 ? `"${words[0]}"` : `one of ${words.join(', ')}`,
    write: (value) => words.find((known) => known === value) ?? '',
    read: (text) => words.find((known) => known === text),
  }
}

/** One of a few values that are no words. */
export function oneOf<Value extends number | boolean>(...values: readonly Value[]): Kind<Value> {
  return {
    words: `one of ${values.join(', ')}`,
    write: (value) => String(values.find((known) => known === value) ?? ''),
    read: (text) => values.find((known) => String(known) === text),
  }
}

/** One kind or the other. */
export function either<One, Other>(one: Kind<One>, other: Kind<Other>): Kind<One | Other> {
  return {
    words: `${one.words}, or ${other.words}`,
    write(value) {
      const text = one.write(value)
      return one.read(text) === undefined ? other.write(value) : text
    },
    read: (text) => one.read(text) ?? other.read(text),
  }
}

/** A CSS colour: a name, `#` and hexadecimal digits, or a function such as `rgb(255 255 0)`. */
export const colour: Kind<string> = {
  words: 'a CSS colour, such as red, #ff0000 or rgb(255 0 0)',
  write: (value) => (typeof value === 'string' ? value : ''),
  read: (text) =>
    /^(?:[a-z]{3,20}|#(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})|(?:rgb|hsl)a?\([\d.,% ]{5,40}\))$/i.test(
      text,
    )
      ? text
      : undefined,
}

/** Two fractions with an `x` in between. */
export const point: Kind<{ readonly x: number; readonly y: number }> = {
  words: 'a point { x, y } of two numbers from 0 to 1',
  write(value) {
    const { x, y } = toPoint(value)
    return `${toDecimal(x)}x${toDecimal(y)}`
  },
  read(text) {
    const [x, y, ...more] = text.split('x').map((part) => readDecimal(part, 0, 1))
    return x === undefined || y === undefined || more.length > 0 ? undefined : { x, y }
  },
}

function toPoint(value: unknown): { readonly x?: unknown; readonly y?: unknown } {
  return typeof value === 'object' && value !== null ? value : {}
}

function toDecimal(value: unknown): string {
  return typeof value === 'number' ? String(Number(value.toFixed(4))) : ''
}

function readDecimal(text: string, min: number, max: number): number | undefined {
  return /^(?:\d{1,6}(?:\.\d{1,9})?|\.\d{1,9})$/.test(text)
    ? within(Number(text), min, max)
    : undefined
}

function within(value: number, min: number, max: number): number | undefined {
  return value >= min && value <= max ? value : undefined
}
