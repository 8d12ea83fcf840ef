/** The parts of speech that the German sentences are made of. */
import type { ImageType } from '@lightfast/core'
import { dayOf } from './day-of.ts'
import { createFormat } from './format.ts'
import type { Format } from './format.ts'
import { typeNames } from './type-names.ts'

export const say: Format = createFormat({
  locale: 'de-DE',
  units: { megabytes: 'MB', kilobytes: 'KB' },
})

export const typeList = (types: readonly ImageType[]): string =>
  say.either(types.map((type) => typeNames[type]))

export const photos = (count: number): string =>
  count === 1 ? '1 Foto' : `${say.number(count)} Fotos`

export const pixels = (count: number): string => `${say.number(count)} Pixel`

export const megapixels = (count: number): string => `${say.megapixels(count)} Megapixel`

/** Names the figure and its limit, unless they read the same once they are rounded. */
export function overLimit(
  { actual, limit }: { readonly actual?: number; readonly limit: number },
  { subject, write }: { readonly subject: string; readonly write: (value: number) => string },
): string {
  const allowed = `Erlaubt sind ${write(limit)}.`
  if (actual === undefined) return allowed
  return write(actual) === write(limit)
    ? `Das ist knapp über der Grenze. ${allowed}`
    : `${subject} ${write(actual)}. ${allowed}`
}

export function tryAgain(retryAt: number | null, now: number): string {
  if (retryAt === null) return 'Versuch es in ein paar Minuten noch einmal.'
  return retryAt > now
    ? `Versuch es um ${say.time(retryAt)} Uhr noch einmal.`
    : 'Du kannst es jetzt noch einmal versuchen.'
}

/** A countdown in the last minute, and before that a clock time. */
export function tryingAgain(retryAt: number | null, now: number): string {
  const leftMs = (retryAt ?? 0) - now
  if (leftMs <= 0) return 'Neuer Versuch jetzt'
  return leftMs > 60_000
    ? `Neuer Versuch um ${say.time(retryAt ?? 0)} Uhr`
    : `Neuer Versuch in ${say.duration(leftMs)}`
}

export const timeLeft = (ms: number | null): string =>
  ms === null ? '' : `, noch etwa ${say.duration(ms)}`

export function day(at: number, now: number): string {
  const named = dayOf(at, now)
  if (named === 'today') return 'heute'
  return named === 'weekday' ? `am ${say.weekday(at)}` : `am ${say.date(at)}`
}
