/** The parts of speech that the Arabic sentences are made of. */
import type { ImageType } from '@lightfast/core'
import { dayOf } from './day-of.ts'
import { createFormat } from './format.ts'
import type { Format } from './format.ts'
import { isolate } from './isolate.ts'
import { typeNames } from './type-names.ts'

/** The numerals are named, because browsers and servers do not agree on those of Arabic: a page would hydrate to other digits. */
const LOCALE = 'ar-u-nu-latn'

export const say: Format = createFormat({
  locale: LOCALE,
  units: { megabytes: 'ميغابايت', kilobytes: 'كيلوبايت' },
})

/** Each on its own: Latin words in a row would be read from the left. */
export const typeList = (types: readonly ImageType[]): string =>
  say.either(types.map((type) => isolate(typeNames[type])))

/** `subject` is what something is done to or by; `object` follows a verb, a noun or a preposition. */
export type Case = 'subject' | 'object'

/** Counts photos as Arabic does: none, one and two have words of their own, and the noun follows the number. */
export function photos(count: number, grammar: Case): string {
  switch (plural.select(count)) {
    case 'zero':
      return 'لا صور'
    case 'one':
      return 'صورة واحدة'
    case 'two':
      return grammar === 'subject' ? 'صورتان' : 'صورتين'
    case 'few':
      return `${say.number(count)} صور`
    default:
      return `${say.number(count)} صورة`
  }
}

export const pixels = (count: number): string =>
  `${say.number(count)} ${plural.select(count) === 'few' ? 'بكسلات' : 'بكسل'}`

export const megapixels = (count: number): string => `${say.megapixels(count)} ميغابكسل`

/** Names the figure and its limit, unless they read the same once they are rounded. */
export function overLimit(
  { actual, limit }: { readonly actual?: number; readonly limit: number },
  { subject, write }: { readonly subject: string; readonly write: (value: number) => string },
): string {
  const most = `الحد الأقصى ${write(limit)}.`
  if (actual === undefined) return most
  return write(actual) === write(limit)
    ? `هذا أكثر بقليل من المسموح. ${most}`
    : `${subject} ${write(actual)}. ${most}`
}

/** By verbal nouns, so that nobody is addressed as a man or a woman. */
export function tryAgain(retryAt: number | null, now: number): string {
  if (retryAt === null) return 'يمكن إعادة المحاولة بعد بضع دقائق.'
  return retryAt > now
    ? `يمكن إعادة المحاولة الساعة ${say.time(retryAt)}.`
    : 'يمكن إعادة المحاولة الآن.'
}

/** A countdown in the last minute, and before that a clock time. What is left is named, since a preposition would bend it. */
export function tryingAgain(retryAt: number | null, now: number): string {
  const leftMs = (retryAt ?? 0) - now
  if (leftMs <= 0) return 'محاولة جديدة الآن'
  return leftMs > 60_000
    ? `محاولة جديدة الساعة ${say.time(retryAt ?? 0)}`
    : `محاولة جديدة، المتبقي ${say.duration(leftMs)}`
}

export const timeLeft = (ms: number | null): string =>
  ms === null ? '' : `، المتبقي ${say.duration(ms)} تقريبًا`

export function day(at: number, now: number): string {
  const named = dayOf(at, now)
  if (named === 'today') return 'اليوم'
  return named === 'weekday' ? `يوم ${say.weekday(at)}` : `في ${say.date(at)}`
}

const plural = new Intl.PluralRules(LOCALE)
