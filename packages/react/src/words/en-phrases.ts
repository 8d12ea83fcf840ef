/** The parts of speech that the English sentences are made of. */
import type { ImageType } from '@lightfast/core'
import { dayOf } from './day-of.ts'
import { createFormat } from './format.ts'
import type { Format } from './format.ts'
import { typeNames } from './type-names.ts'

export const say: Format = createFormat({
  locale: 'en-GB',
  units: { megabytes: 'MB', kilobytes: 'KB' },
})

export const typeList = (types: readonly ImageType[]): string =>
  say.either(types.map((type) => typeNames[type]))

export function chooseOne(types: readonly ImageType[]): string {
  const list = typeList(types)
  return `Choose ${/^(SVG|AVIF)/.test(list) ? 'an' : 'a'} ${list}.`
}

export const photos = (count: number): string =>
  count === 1 ? '1 photo' : `${say.number(count)} photos`

export const pixels = (count: number): string => `${say.number(count)} pixels`

export const megapixels = (count: number): string => `${say.megapixels(count)} megapixels`

/** Names the figure and its limit, unless they read the same once they are rounded. */
export function overLimit(
  { actual, limit }: { readonly actual?: number; readonly limit: number },
  { subject, write }: { readonly subject: string; readonly write: (value: number) => string },
): string {
  if (actual === undefined) return `The limit is ${write(limit)}.`
  return write(actual) === write(limit)
    ? `It is just over the limit of ${write(limit)}.`
    : `${subject} ${write(actual)}. The limit is ${write(limit)}.`
}

export function tryAgain(retryAt: number | null, now: number): string {
  if (retryAt === null) return 'Try again in a few minutes.'
  return retryAt > now ? `Try again at ${say.time(retryAt)}.` : 'You can try again now.'
}

/** A countdown in the last minute, and before that a clock time. */
export function tryingAgain(retryAt: number | null, now: number): string {
  if (retryAt === null || retryAt <= now) return 'Trying again now'
  return retryAt - now > 60_000
    ? `Trying again at ${say.time(retryAt)}`
    : `Trying again in ${say.duration(retryAt - now)}`
}

export const timeLeft = (ms: number | null): string =>
  ms === null ? '' : `, about ${say.duration(ms)} left`

export function day(at: number, now: number): string {
  const named = dayOf(at, now)
  if (named === 'today') return 'today'
  return named === 'weekday' ? `on ${say.weekday(at)}` : `on ${say.date(at)}`
}
