import { ImagesError } from '@lightfast/core'
import type { FailureCode } from '@lightfast/core'
import pLimit from 'p-limit'
import { toRasterType } from '../delivery/raster-type.ts'
import type { Rendition, RenditionCache } from '../delivery/rendition-cache.ts'
import { settleWithin } from '../resilience/settle-within.ts'
import type { Reject } from '../resilience/settle-within.ts'
import type { Surroundings } from '../surroundings.ts'
import type { PicturePlan, PictureReason } from './picture.ts'

export interface PictureLoaderOptions extends Pick<Surroundings, 'now' | 'schedule'> {
  readonly cache: RenditionCache
  /** For one fetch, the write into the cache included. */
  readonly loadMs: number
  /** How long a picture that could not be had is not asked for again. */
  readonly pauseMs: number
  /** How many fetches are under way at once. */
  readonly concurrency: number
  /** How many more may wait for that; the next is refused. */
  readonly queue: number
  /** Told of work that goes on after an answer: on Workers, it would be ended with it. */
  readonly waitUntil: (work: Promise<unknown>) => void
}

export type Loaded =
  | { readonly status: 'loaded'; readonly rendition: Rendition }
  | { readonly status: 'failed'; readonly reason: PictureReason }

export interface PictureLoader {
  /** Fetches a picture into the cache, once for all who want it at the moment. It does not reject. */
  readonly load: (plan: PicturePlan) => Promise<Loaded>
  /** Tells why a picture could not be had of late. */
  readonly failure: (key: string) => PictureReason | undefined
}

/** More failures than this are not remembered: then the oldest is forgotten. */
const MAX_FAILURES = 10_000

/** Fetches pictures without a rush: one fetch for each, so many at once, and a pause after one that failed. */
export function createPictureLoader(options: PictureLoaderOptions): PictureLoader {
  const { now, pauseMs, concurrency, queue, waitUntil } = options
  const flights = new Map<string, Promise<Loaded>>()
  const failures = new Map<string, Failed>()
  const inTurn = pLimit(concurrency)
  return { load, failure }

  function load(plan: PicturePlan): Promise<Loaded> {
    const known = flights.get(plan.key)
    if (known) return known
    const reason = failure(plan.key) ?? (inTurn.pendingCount < queue ? undefined : 'busy')
    return reason ? Promise.resolve({ status: 'failed', reason }) : begin(plan)
  }

  function begin(plan: PicturePlan): Promise<Loaded> {
    const flight = inTurn(() => fetchInTime(plan, options)).then(
      (rendition): Loaded => ({ status: 'loaded', rendition }),
      (error: unknown): Loaded => ({ status: 'failed', reason: toReason(error) }),
    )
    flights.set(plan.key, flight)
    waitUntil(flight.then((loaded) => land(plan.key, loaded)))
    return flight
  }

  function land(key: string, loaded: Loaded): void {
    flights.delete(key)
    failures.delete(key)
    if (loaded.status === 'failed') {
      failures.set(key, { reason: loaded.reason, until: now() + pauseMs })
    }
    const [oldest] = failures.keys()
    if (failures.size > MAX_FAILURES && oldest !== undefined) failures.delete(oldest)
  }

  function failure(key: string): PictureReason | undefined {
    const failed = failures.get(key)
    // A clock that was set back must not make the pause longer.
    const isPaused = failed && failed.until > now() && failed.until - now() <= pauseMs
    return isPaused ? failed.reason : undefined
  }
}

interface Failed {
  readonly reason: PictureReason
  /** Ms since the epoch. */
  readonly until: number
}

/** A source that heeds no signal is left alone when its time is over: it must not hold a place for ever. */
function fetchInTime(plan: PicturePlan, options: PictureLoaderOptions): Promise<Rendition> {
  const { schedule, loadMs } = options
  const aborting = new AbortController()
  return settleWithin<Rendition>(
    { schedule, ms: loadMs, signal: undefined, onTime: giveUp },
    (resolve, reject) => {
      fetchAndKeep(plan, options, aborting.signal).then(resolve, reject)
      return (reason) => aborting.abort(reason)
    },
  )
}

async function fetchAndKeep(
  { key, fetch }: PicturePlan,
  { cache, now }: PictureLoaderOptions,
  signal: AbortSignal,
): Promise<Rendition> {
  const { bytes } = await fetch(signal)
  const contentType = toRasterType(bytes)
  if (contentType === undefined) {
    throw new ImagesError('host_reply_invalid', 'What was fetched is no picture made of pixels.')
  }
  const rendition = { bytes, contentType, storedAt: now() }
  await cache.put(key, rendition)
  return rendition
}

function giveUp(_: unknown, reject: Reject): void {
  reject(new ImagesError('host_timed_out', 'The picture did not arrive in its time.'))
}

const reasons: Partial<Readonly<Record<FailureCode, PictureReason>>> = {
  circuit_open: 'circuit-open',
  host_timed_out: 'timed-out',
  client_busy: 'busy',
}

function toReason(error: unknown): PictureReason {
  return (error instanceof ImagesError && reasons[error.code]) || 'host-failed'
}
