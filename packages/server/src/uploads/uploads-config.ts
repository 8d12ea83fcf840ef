import { DEFAULT_SLOT_MS, MAX_UPLOAD_BYTES } from '@lightfast/core'
import type { Rung } from '@lightfast/core'
import { checkNumber, readConfig } from '../read-config.ts'
import type { Range } from '../read-config.ts'

/** How long things take, and how long they are waited for, in milliseconds. */
export interface UploadTimes {
  /** How long a one-time URL lives. @default 1_800_000 */
  readonly slotMs: number
  /** How long after its time an attempt may still turn out to have arrived. @default 120_000 */
  readonly graceMs: number
  /** How long a new image may be missing from Cloudflare's lists. @default 60_000 */
  readonly listLagMs: number
  /** How long we keep bytes for an upload that does not come to an end. @default 86_400_000 */
  readonly keepMs: number
  /** How long a browser that sent us its bytes waits for Cloudflare to take them. @default 12_000 */
  readonly relayMs: number
  /** How long a browser may send nothing at all. @default 30_000 */
  readonly idleMs: number
  /** For one upload by us, whoever waits for it. @default 60_000 */
  readonly forwardMs: number
}

/** How much one principal may have under way. */
export interface UploadLimits {
  /** Uploads begun within a minute. @default 120 */
  readonly startsPerMinute: number
  /** Uploads begun whose arrival Cloudflare has not confirmed. @default 200 */
  readonly unfinished: number
  /** Ways opened for one upload within ten minutes. @default 12 */
  readonly attempts: number
  /**
   * Times that Cloudflare is asked within a minute what became of an upload; counted in each process, and apart for a person who
   * waits and for jobs. An account has 240 calls a minute in all.
   *
   * @default 60
   */
  readonly looksPerMinute: number
  /** Bytes that we keep for one principal. @default 200_000_000 */
  readonly ownerBytes: number
  /** Bytes that we keep in all. @default 5_000_000_000 */
  readonly totalBytes: number
}

const HOUR_MS = 3_600_000

const times: { readonly defaults: UploadTimes; readonly ranges: Record<keyof UploadTimes, Range> } =
  {
    defaults: {
      slotMs: DEFAULT_SLOT_MS,
      graceMs: 120_000,
      listLagMs: 60_000,
      keepMs: 24 * HOUR_MS,
      relayMs: 12_000,
      idleMs: 30_000,
      forwardMs: 60_000,
    },
    ranges: {
      // Cloudflare's own bounds, with a margin for two clocks.
      slotMs: { min: 150_000, max: 6 * HOUR_MS - 30_000 },
      graceMs: { min: 0, max: HOUR_MS },
      listLagMs: { min: 0, max: HOUR_MS },
      keepMs: { min: 60_000, max: 30 * 24 * HOUR_MS },
      relayMs: { min: 100, max: 120_000 },
      idleMs: { min: 100, max: 600_000 },
      forwardMs: { min: 1000, max: 600_000 },
    },
  }

const count: Range = { min: 1, max: 1_000_000, whole: true }
const bytes: Range = { min: 1, max: 1e15, whole: true }

const limits: {
  readonly defaults: UploadLimits
  readonly ranges: Record<keyof UploadLimits, Range>
} = {
  defaults: {
    startsPerMinute: 120,
    unfinished: 200,
    attempts: 12,
    looksPerMinute: 60,
    ownerBytes: 20 * MAX_UPLOAD_BYTES,
    totalBytes: 500 * MAX_UPLOAD_BYTES,
  },
  ranges: {
    startsPerMinute: count,
    unfinished: count,
    attempts: count,
    looksPerMinute: count,
    ownerBytes: bytes,
    totalBytes: bytes,
  },
}

/** Puts times over their defaults. @throws RangeError or TypeError that names the option. */
export function readTimes(given?: Partial<UploadTimes>): UploadTimes {
  return readConfig('times', times, given)
}

/** Puts limits over their defaults. @throws RangeError or TypeError that names the option. */
export function readLimits(given?: Partial<UploadLimits>): UploadLimits {
  return readConfig('limits', limits, given)
}

/**
 * Reads which rungs there are. To keep bytes takes a place for them.
 * @throws TypeError if a rung needs a byte store and there is none.
 */
export function readRungs(
  given: readonly Rung[] | undefined,
  bytes: object | undefined,
): readonly Rung[] {
  const rungs = given ?? (bytes ? ['direct', 'relay'] : ['direct'])
  checkNumber('rungs.length', rungs.length, { min: 1, max: 3 })
  const needy = rungs.find((rung) => rung !== 'direct')
  if (needy && !bytes)
    throw new TypeError(`The rung ${needy} needs \`bytes\`, a place to keep files.`)
  return rungs
}
