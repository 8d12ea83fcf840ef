import { createFailure, ImagesError } from '@lightfast/core'
import type { FailureCode } from '@lightfast/core'
import type { CallOptions } from '../client/api.ts'
import type { CloudflareImage } from '../client/cloudflare-image.ts'
import { findBytes } from './kept-bytes.ts'
import { makeAttempt, toClosingMs } from './open-way.ts'
import type { Attempt, ImageRecord } from './record.ts'
import { settlePast } from './settle-past.ts'
import { expireParked, markReady, reject } from './settle-record.ts'
import type { AttemptChange } from './store.ts'
import { toCloudflareFields } from './to-cloudflare-fields.ts'
import type { UploadsContext } from './uploads-context.ts'

/** `again`: it can not be known yet whether an earlier send has arrived. */
export type Forwarded = { readonly record: ImageRecord } & (
  | { readonly status: 'settled' }
  | { readonly status: 'again'; readonly at: number; readonly code?: FailureCode }
)

/**
 * Sends the bytes of a parked record to Cloudflare, unless an earlier attempt has brought them. Each send is an attempt of its own, written
 * before, so that an answer that is lost does not make two images.
 * @throws ImagesError if it failed: the record is as it was.
 */
export async function forwardBytes(
  context: UploadsContext,
  record: ImageRecord,
  options: CallOptions & { readonly deadlineMs: number },
): Promise<Forwarded> {
  if (record.state !== 'parked') return { status: 'settled', record }
  const file = await findBytes(context).open(record.id)
  if (!file) return { status: 'settled', record: await loseBytes(context, record) }
  const attempts = await context.store.attempts.of(record.id)
  const asking = { ...options, deadlineMs: options.deadlineMs / 2 }
  const past = await settlePast(context, record, { attempts, options: asking })
  if (past.status === 'settled') return past
  if (past.status === 'unknown') {
    if (past.error) throw past.error
    return { status: 'again', at: past.until, record }
  }
  const attempt = await setOut(context, record, attempts.find(isUnsent))
  if (!attempt) return { status: 'again', at: context.now() + AGAIN_MS, record }
  return send(context, record, { file, attempt, options })
}

/** How soon it is looked at again if somebody else was at the same attempt. */
const AGAIN_MS = 2000

function isUnsent({ rung, outcome, sentAt }: Attempt): boolean {
  return rung !== 'direct' && outcome === 'open' && sentAt === null
}

async function loseBytes(context: UploadsContext, record: ImageRecord): Promise<ImageRecord> {
  const message = 'The bytes that were kept are gone. The file has to be sent again.'
  return expireParked(context, record, createFailure('bytes_missing', message))
}

/**
 * Notes that bytes set out, and that somebody looks after the attempt, before they do. Undefined if the attempt was closed, or sent by somebody
 * else, in between.
 */
async function setOut(
  context: UploadsContext,
  record: ImageRecord,
  unsent: Attempt | undefined,
): Promise<Attempt | undefined> {
  const sentAt = context.now()
  const attempt = { ...(unsent ?? makeAttempt(context, record.id, 'park')), sentAt }
  const change: AttemptChange = unsent
    ? { id: attempt.id, set: { sentAt }, while: ['open'], whileSentAt: null }
    : { add: attempt }
  const runAt = sentAt + toClosingMs(context)
  const jobs = [{ kind: 'close', subject: attempt.id, runAt }] as const
  if ((await context.store.attempts.change([change], jobs)) === 'unchanged') return undefined
  context.onJobs(jobs)
  return attempt
}

interface Sending {
  readonly file: Blob
  readonly attempt: Attempt
  readonly options: CallOptions
}

async function send(
  context: UploadsContext,
  record: ImageRecord,
  { file, attempt, options }: Sending,
): Promise<Forwarded> {
  const source = { file, name: record.filename }
  try {
    const upload = { ...toCloudflareFields(record, attempt), ...options }
    const image = await context.client.images.upload(source, upload)
    return { status: 'settled', record: await land(context, record, { attempt, image }) }
  } catch (error) {
    if (!(error instanceof ImagesError)) throw error
    if (error.code === 'file_refused_by_host') {
      return { status: 'settled', record: await reject(context, record, { error, attempt }) }
    }
    await noteSend(context, attempt, error)
    throw error
  }
}

/** Its image may not be the winner: then it is deleted at once. */
async function land(
  context: UploadsContext,
  record: ImageRecord,
  { attempt, image }: { readonly attempt: Attempt; readonly image: CloudflareImage },
): Promise<ImageRecord> {
  const { id: cloudflareId } = image
  const settled = await markReady(context, record, { attemptId: attempt.id, cloudflareId })
  if (settled.cloudflareId === cloudflareId) return settled
  const jobs = [{ kind: 'delete-remote', subject: cloudflareId, runAt: context.now() }] as const
  const set = { outcome: 'failed', cloudflareId } as const
  await context.store.attempts.change([{ id: attempt.id, set }], jobs)
  context.bus.emit('image-swept', () => ({ type: 'image-swept', because: 'lost' }))
  context.onJobs(jobs)
  return settled
}

/** Without a send, or with Cloudflare's own refusal of the only one, nothing can have arrived. Else it is open until the lists have caught up. */
async function noteSend(
  { store }: UploadsContext,
  { id }: Attempt,
  { code, attempts, cloudflareCodes }: ImagesError,
): Promise<void> {
  const never = attempts === 0 || (attempts === 1 && cloudflareCodes.length > 0)
  const set = { failureCode: code, ...(never && { sentAt: null }) }
  await store.attempts.change([{ id, set, while: ['open'] }])
}
