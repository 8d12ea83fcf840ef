import { ImagesError } from '@lightfast/core'
import type { ImageState } from '@lightfast/core'
import type { ByteStore } from '../bytes/byte-store.ts'
import type { CloudflareImage } from '../client/cloudflare-image.ts'
import type { JobKind, NewJob } from '../jobs/job-store.ts'
import { followImage } from './follow-image.ts'
import type { Attempt, ImageRecord } from './record.ts'
import { mayHaveLanded } from './settle-past.ts'
import { markReady } from './settle-record.ts'
import type { UploadsContext } from './uploads-context.ts'
import { readVerdict } from './verdict.ts'
import { toJobKey } from '../stores/stored-job.ts'

/** What a comparison of records and images found; with `mend` it is what was done about it. */
export interface Reconciled {
  /** Images at Cloudflare that were looked at. */
  readonly images: number
  /** Images that no record of ours knows of: somebody else's, or put there by hand. They are left alone. */
  readonly foreign: number
  /** Ready images that have another id than their records say, as after a change of privacy: the records follow. */
  readonly followed: number
  /** Records whose bytes had arrived, though nobody had heard of it. */
  readonly adopted: number
  /** Images of ours that are not their record's: they are deleted. */
  readonly swept: number
  /** Ready records whose image is not at Cloudflare. For a person to look at. */
  readonly vanished: readonly string[]
  /** Records that nothing was going to move any more: a job looks after them again. */
  readonly stuck: number
  /** Kept bytes that no record needs: they are deleted. */
  readonly strayBytes: number
}

export interface ReconcileOptions {
  /** `look` changes nothing and answers the same figures. */
  readonly mode: 'look' | 'mend'
  readonly signal?: AbortSignal
  readonly onProgress?: (images: number) => void
}

const PAGE = 200

/** Bytes that arrive at this moment have no record that says so. */
const STRAY_MS = 3_600_000

/**
 * Compares our records with Cloudflare's images, in both directions, and with the bytes that we keep. An image is ours if its metadata
 * names an attempt of ours: two apps may share an account.
 */
export async function reconcile(
  context: UploadsContext,
  options: ReconcileOptions,
): Promise<Reconciled> {
  const remote = await compareImages(context, options)
  const { seen, following, ...found } = remote
  const local = await compareRecords(context, { ...options, seen, following })
  const strayBytes = context.bytes ? await compareBytes(context, context.bytes, options) : 0
  return { ...found, followed: following.size, ...local, strayBytes }
}

async function compareImages(context: UploadsContext, options: ReconcileOptions) {
  const counts = { images: 0, foreign: 0, adopted: 0, swept: 0 }
  const seen = new Set<string>()
  const following = new Set<string>()
  const { signal, onProgress } = options
  for await (const image of context.client.images.list({}, { ...(signal && { signal }) })) {
    seen.add(image.id)
    counts.images += 1
    const outcome = await compareImage(context, image, options)
    if (typeof outcome === 'object') following.add(outcome.followed)
    else if (outcome !== 'known') counts[outcome] += 1
    if (counts.images % PAGE === 0) onProgress?.(counts.images)
  }
  return { ...counts, seen, following }
}

async function compareImage(
  context: UploadsContext,
  image: CloudflareImage,
  { mode }: ReconcileOptions,
): Promise<'known' | 'foreign' | 'adopted' | 'swept' | { readonly followed: string }> {
  const { store } = context
  const attemptId = image.meta['attemptId']
  const attempt =
    (typeof attemptId === 'string' ? await store.attempts.find(attemptId) : undefined) ??
    (await store.attempts.findByCloudflareId(image.id))
  const record = attempt && (await store.records.find(attempt.imageId))
  if (!attempt || !record) return 'foreign'
  if (record.state === 'ready' && record.cloudflareId === image.id) return 'known'
  if (isOpen(record)) return adopt(context, record, { attempt, image, mode })
  // Nothing is deleted beside an image that is not there: it may be all that is left.
  if (record.state === 'ready' && !(await isThere(context, record))) {
    if (mode === 'mend') await followImage(context, record, { attempt, image })
    return { followed: record.id }
  }
  if (mode === 'mend') await sweep(context, image.id)
  return 'swept'
}

async function isThere(
  { client }: UploadsContext,
  { cloudflareId }: ImageRecord,
): Promise<boolean> {
  try {
    return cloudflareId !== null && !(await client.images.get(cloudflareId)).draft
  } catch (error) {
    if (error instanceof ImagesError && error.code === 'not_found') return false
    throw error
  }
}

function isOpen({ state }: ImageRecord): boolean {
  return state !== 'ready' && state !== 'rejected' && state !== 'deleted'
}

interface Adopting extends Pick<ReconcileOptions, 'mode'> {
  readonly attempt: Attempt
  readonly image: CloudflareImage
}

async function adopt(
  context: UploadsContext,
  record: ImageRecord,
  { attempt, image, mode }: Adopting,
): Promise<'adopted'> {
  if (mode === 'mend') {
    await markReady(context, record, { attemptId: attempt.id, cloudflareId: image.id })
  }
  return 'adopted'
}

async function sweep({ store, now, onJobs }: UploadsContext, cloudflareId: string): Promise<void> {
  const jobs = [{ kind: 'delete-remote', subject: cloudflareId, runAt: now() }] as const
  await store.jobs.enqueue(jobs)
  onJobs(jobs)
}

interface CompareRecords extends ReconcileOptions {
  readonly seen: ReadonlySet<string>
  /** The records that follow their images, or would. */
  readonly following: ReadonlySet<string>
}

async function compareRecords(context: UploadsContext, options: CompareRecords) {
  const vanished: string[] = []
  let stuck = 0
  for await (const record of unsettledOrReady(context)) {
    options.signal?.throwIfAborted()
    if (record.state === 'ready') {
      if (options.following.has(record.id)) continue
      if (await hasVanished(context, record, options.seen)) vanished.push(record.id)
    } else if (await isStuck(context, record, options)) stuck += 1
  }
  return { vanished, stuck }
}

async function* unsettledOrReady({ store }: UploadsContext): AsyncGenerator<ImageRecord> {
  const states = ['requested', 'pending', 'parked', 'delivered', 'ready'] as const
  let after: ImageRecord | undefined
  for (;;) {
    const page = await store.records.list({ states, limit: PAGE, ...(after && { after }) })
    yield* page
    after = page.at(-1)
    if (page.length < PAGE) return
  }
}

/** A list lags, so an image that is not in it is asked for by its id. */
async function hasVanished(
  context: UploadsContext,
  { cloudflareId, attemptId }: ImageRecord,
  seen: ReadonlySet<string>,
): Promise<boolean> {
  if (cloudflareId === null || attemptId === null || seen.has(cloudflareId)) return false
  const attempt = await context.store.attempts.find(attemptId)
  if (!attempt) return false
  const slot = attempt.slot ?? { cloudflareId, url: '', expiresAt: 0 }
  const verdict = await readVerdict(context, { ...attempt, rung: 'direct', slot })
  return verdict.status === 'missing'
}

const nextJob: { readonly [State in ImageState]?: JobKind } = {
  requested: 'expire',
  pending: 'expire',
  parked: 'forward',
  delivered: 'confirm',
}

/** Every unsettled record has jobs that see it through. Those that were lost, by a hand in the database say, or given up, begin anew. */
async function isStuck(
  context: UploadsContext,
  record: ImageRecord,
  { mode }: ReconcileOptions,
): Promise<boolean> {
  const { store, now, times, onJobs } = context
  const isOld = now() - record.updatedAt > times.slotMs + 2 * times.graceMs
  const jobs = isOld ? await findMissing(context, record) : []
  if (jobs.length === 0 || mode === 'look') return jobs.length > 0
  await store.jobs.enqueue(jobs)
  onJobs(jobs)
  return true
}

async function findMissing(
  { store, now }: UploadsContext,
  { id, state }: ImageRecord,
): Promise<readonly NewJob[]> {
  const kind = nextJob[state]
  const attempts = await store.attempts.of(id)
  const open = attempts.filter(mayHaveLanded)
  const runAt = now()
  const wanted: readonly NewJob[] = [
    ...open.map((attempt) => ({ kind: 'close', subject: attempt.id, runAt }) as const),
    ...(kind ? [{ kind, subject: id, runAt }] : []),
  ]
  const found = await Promise.all(wanted.map((job) => store.jobs.find(toJobKey(job))))
  return wanted.filter((_, at) => found[at]?.state !== 'queued')
}

async function compareBytes(
  { store, now }: UploadsContext,
  bytes: ByteStore,
  { mode, signal }: ReconcileOptions,
): Promise<number> {
  let strays = 0
  for await (const { key, storedAt } of bytes.list()) {
    signal?.throwIfAborted()
    if (now() - storedAt < STRAY_MS || (await store.records.find(key))?.kept) continue
    strays += 1
    if (mode === 'mend') await bytes.delete(key)
  }
  return strays
}
