/** The least and the greatest value of an option, and whether it counts things. */
export interface Range {
  readonly min: number
  readonly max: number
  readonly whole?: boolean
}

/** A day: no pause, window or time-out of a client is longer on purpose. */
const DAY_MS = 86_400_000

export const duration: Range = { min: 1, max: DAY_MS }
export const share: Range = { min: Number.MIN_VALUE, max: 1 }
export const tally: Range = { min: 1, max: 1_000_000, whole: true }

/**
 * Puts what the caller gave over the defaults, and checks it.
 * @throws RangeError if a value is out of range, TypeError if it is no number or if there is no such option. Both name
 * the option and what it may be.
 */
export function readConfig<Config extends { readonly [Key in keyof Config]: number }>(
  name: string,
  {
    defaults,
    ranges,
  }: { readonly defaults: Config; readonly ranges: { readonly [Key in keyof Config]: Range } },
  given: Partial<Config> = {},
): Config {
  for (const key of Object.keys(given)) {
    if (!Object.hasOwn(ranges, key)) throw new TypeError(`${name} has no option "${key}".`)
  }
  const config = { ...defaults, ...given }
  for (const [key, range] of Object.entries<Range>(ranges)) {
    checkNumber(
      `${name}.${key}`,
      Object.entries(config).find(([other]) => other === key)?.[1],
      range,
    )
  }
  return config
}

/** Checks one number. @throws RangeError or TypeError that names it and its range. */
export function checkNumber(name: string, value: unknown, { min, max, whole }: Range): void {
  const least = min === Number.MIN_VALUE ? 'more than 0' : `${min}`
  const range = `must be ${whole ? 'a whole number' : 'a number'} from ${least} to ${max}`
  if (typeof value !== 'number') throw new TypeError(`${name} ${range}.`)
  const fits = value >= min && value <= max && (!whole || Number.isInteger(value))
  if (!fits) throw new RangeError(`${name} ${range}, and not ${value}.`)
}
