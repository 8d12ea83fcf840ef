/** The parts of speech that the English sentences are made of. */
import type { ImageType } from '@lightfast/core'
import { createFormat } from './format.ts'
import type { Format } from './format.ts'

export const say: Format = createFormat({
  locale: 'en-GB',
  units: { megabytes: 'MB', kilobytes: 'KB' },
})

const typeNames: { readonly [Type in ImageType]: string } = {
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
  'image/webp': 'WebP',
  'image/gif': 'GIF',
  'image/svg+xml': 'SVG',
  'image/heic': 'HEIC',
  'image/avif': 'AVIF',
}

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
  const leftMs = (retryAt ?? 0) - now
  if (leftMs <= 0) return 'Trying again now'
  return leftMs > 60_000
    ? `Trying again at ${say.time(retryAt ?? 0)}`
    : `Trying again in ${say.duration(leftMs)}`
}

export const timeLeft = (ms: number | null): string =>
  ms === null ? '' : `, about ${say.duration(ms)} left`

/** Names a day of the past. Beyond six days a weekday would be mistaken for this week's. */
export function day(at: number, now: number): string {
  const passed = midnight(now) - midnight(at)
  if (passed <= 0) return 'today'
  return passed < 6.5 * DAY_MS ? `on ${say.weekday(at)}` : `on ${say.date(at)}`
}

const DAY_MS = 86_400_000

const midnight = (at: number): number => new Date(at).setHours(0, 0, 0, 0)
