/** Writes figures the way one language does. */
export interface Format {
  readonly number: (value: number) => string
  /** One decimal in megabytes, whole kilobytes below 0.1 MB. Both are decimal, as Cloudflare's limits are. */
  readonly size: (bytes: number) => string
  /** Two sizes in the unit of the second. */
  readonly sizes: (bytes: number, ofBytes: number, between: string) => string
  readonly megapixels: (pixels: number) => string
  /** Rounded up to whole seconds, and to whole minutes from one minute on. */
  readonly duration: (ms: number) => string
  /** A clock time, such as 14:32. */
  readonly time: (at: number) => string
  readonly weekday: (at: number) => string
  readonly date: (at: number) => string
  /** Joins the items as alternatives. */
  readonly either: (items: readonly string[]) => string
}

export interface FormatOptions {
  readonly locale: string
  readonly units: { readonly megabytes: string; readonly kilobytes: string }
}

/** Makes the formatters of one language. Times are in the zone of the device. */
export function createFormat({ locale, units }: FormatOptions): Format {
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const tenths = new Intl.NumberFormat(locale, digits(1, 1))
  const upToTenths = new Intl.NumberFormat(locale, digits(0, 1))
  const seconds = new Intl.NumberFormat(locale, unit('second'))
  const minutes = new Intl.NumberFormat(locale, unit('minute'))
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' })
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long' })
  const date = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long' })
  const either = new Intl.ListFormat(locale, { type: 'disjunction' })

  const figure = (bytes: number, inKilobytes: boolean): string =>
    inKilobytes ? whole.format(Math.ceil(bytes / 1000)) : tenths.format(bytes / 1_000_000)
  const unitOf = (inKilobytes: boolean): string => (inKilobytes ? units.kilobytes : units.megabytes)

  return {
    number: (value) => whole.format(value),
    size: (bytes) => `${figure(bytes, isSmall(bytes))} ${unitOf(isSmall(bytes))}`,
    sizes(bytes, ofBytes, between) {
      const small = isSmall(ofBytes)
      return `${figure(bytes, small)}${between}${figure(ofBytes, small)} ${unitOf(small)}`
    },
    megapixels: (pixels) => upToTenths.format(pixels / 1_000_000),
    duration: (ms) =>
      ms > 59_000
        ? minutes.format(Math.ceil(ms / 60_000))
        : seconds.format(Math.max(1, Math.ceil(ms / 1000))),
    time: (at) => time.format(at),
    weekday: (at) => weekday.format(at),
    date: (at) => date.format(at),
    either: (items) => either.format(items),
  }
}

const isSmall = (bytes: number): boolean => bytes < 100_000

const digits = (least: number, most: number): Intl.NumberFormatOptions => ({
  minimumFractionDigits: least,
  maximumFractionDigits: most,
})

const unit = (name: string): Intl.NumberFormatOptions => ({
  style: 'unit',
  unit: name,
  unitDisplay: 'long',
})
