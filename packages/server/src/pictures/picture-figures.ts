import { checkNumber, duration, readConfig, tally } from '../read-config.ts'
import type { Range } from '../read-config.ts'

/** How long things take, and how many go on at once. */
export interface PictureFigures {
  /** From the request to the answer. @default 150 */
  readonly budgetMs: number
  /** How old a picture may be before it is fetched again. @default 300_000 */
  readonly freshMs: number
  /** How old it may be to be shown at once while a newer one is fetched; an older one is only shown if there is none. @default 86_400_000 */
  readonly staleMs: number
  /** For one fetch, whether anybody still waits for it or not. @default 10_000 */
  readonly loadMs: number
  /** How long a picture that could not be had is not asked for again. @default 5000 */
  readonly pauseMs: number
  /** Fetches that are under way at once. @default 8 */
  readonly concurrency: number
  /** Fetches that may wait for that; further ones are refused at once. @default 1000 */
  readonly queue: number
}

const MONTH: Range = { min: 0, max: 30 * 86_400_000 }

const defaults: PictureFigures = {
  budgetMs: 150,
  freshMs: 300_000,
  staleMs: 86_400_000,
  loadMs: 10_000,
  pauseMs: 5000,
  concurrency: 8,
  queue: 1000,
}

const ranges: Readonly<Record<keyof PictureFigures, Range>> = {
  budgetMs: duration,
  freshMs: MONTH,
  staleMs: MONTH,
  loadMs: duration,
  pauseMs: { ...duration, min: 0 },
  concurrency: tally,
  queue: { ...tally, min: 0 },
}

/** Takes figures out of options, over their defaults. @throws RangeError or TypeError that names the option. */
export function readFigures(options: Partial<PictureFigures>): PictureFigures {
  const { budgetMs, freshMs, staleMs, loadMs, pauseMs, concurrency, queue } = {
    ...defaults,
    ...options,
  }
  const figures = { budgetMs, freshMs, staleMs, loadMs, pauseMs, concurrency, queue }
  const read = readConfig('pictures', { defaults, ranges }, figures)
  checkNumber('pictures.staleMs', staleMs, { ...MONTH, min: freshMs })
  return read
}
