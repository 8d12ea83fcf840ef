import { ImagesError } from '@lightfast/core'
import * as v from 'valibot'
import type { NewJob } from '../jobs/job-store.ts'
import { settleAttempt } from './confirm.ts'
import type { UploadsContext } from './uploads-context.ts'
import { isSettled } from './record.ts'
import type { Attempt } from './record.ts'

/** What a notification of Cloudflare came to. `unknown`: it is about nothing of ours, or nothing that can be told. */
export type Heard = 'test' | 'known' | 'unknown'

/**
 * Hears a notification about a direct upload. What it says is a hint: Cloudflare is asked, and only its word counts. The
 * shape of its `data` is not published, so an id and an error are looked for where they are likely to be.
 * @see https://developers.cloudflare.com/notifications/reference/webhook-payload-schema/
 */
export async function receiveWebhook(context: UploadsContext, body: unknown): Promise<Heard> {
  const heard = await hear(context, body)
  context.bus.emit('webhook-received', () => ({ type: 'webhook-received', outcome: heard }))
  return heard
}

async function hear(context: UploadsContext, body: unknown): Promise<Heard> {
  const parsed = v.safeParse(envelope, body)
  const isNotification = parsed.success && (parsed.output.text ?? parsed.output.data) !== undefined
  if (!isNotification) {
    throw new ImagesError('invalid_request', 'A notification is an object with a text.')
  }
  const { data } = parsed.output
  if (data === undefined) return 'test'
  const hint = readHint(data)
  const attempt = hint && (await context.store.attempts.findByCloudflareId(hint.cloudflareId))
  if (!hint || !attempt) return 'unknown'
  await settle(context, await note(context, attempt, hint.code))
  return 'known'
}

const envelope = v.looseObject({
  text: v.exactOptional(v.string()),
  data: v.optional(v.record(v.string(), v.unknown())),
})

interface Hint {
  readonly cloudflareId: string
  /** Why it failed, if it did. */
  readonly code: number | null
}

const idNames = ['id', 'image_id', 'imageId', 'imageID', 'uid']
const codeNames = ['code', 'error_code', 'errorCode']
const nestNames = ['image', 'result', 'data', 'error', 'errors', '0']

const MAX_DEPTH = 4

/** How soon Cloudflare is asked again if it did not answer. */
const AGAIN_MS = 1000

function readHint(data: unknown): Hint | undefined {
  const cloudflareId = find(data, idNames, isId)
  const code = find(data, codeNames, isCode)
  if (typeof cloudflareId !== 'string') return undefined
  return { cloudflareId, code: code === undefined ? null : Number(code) }
}

/** Some databases fail at a text with a NUL in it. */
function isId(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && !value.includes('\0')
}

/** Cloudflare's codes have four or five digits. */
function isCode(value: unknown): boolean {
  return /^\d{4,5}$/.test(String(value))
}

/** Looks for a field by one of its likely names, outermost first. */
function find(
  value: unknown,
  names: readonly string[],
  fits: (value: unknown) => boolean,
): unknown {
  let level: readonly unknown[] = [value]
  for (let depth = 0; depth < MAX_DEPTH; depth += 1) {
    const objects = level.filter((one) => typeof one === 'object' && one !== null)
    const fields = objects.flatMap((one) => Object.entries(one))
    const found = fields.find(([name, field]) => names.includes(name) && fits(field))
    if (found) return found[1]
    level = fields.filter(([name]) => nestNames.includes(name)).map(([, field]) => field)
  }
  return undefined
}

/** The hint is kept: when Cloudflare does not answer now, it is needed later. */
async function note(
  { store }: UploadsContext,
  attempt: Attempt,
  code: number | null,
): Promise<Attempt> {
  if (code === null) return attempt
  const noted = { ...attempt, refusalCode: code }
  await store.attempts.change([{ id: attempt.id, set: { refusalCode: code } }])
  return noted
}

async function settle(context: UploadsContext, attempt: Attempt): Promise<void> {
  const record = await context.store.records.find(attempt.imageId)
  if (!record || isSettled(record)) return
  const { verdict } = await settleAttempt(context, attempt, { record })
  if (verdict.status !== 'unknown') return
  const runAt = context.now() + AGAIN_MS
  // A confirm is only for what a browser says has arrived. Whoever has closed the page will not say so.
  const job: NewJob =
    record.state === 'delivered'
      ? { kind: 'confirm', subject: record.id, runAt }
      : { kind: 'close', subject: attempt.id, runAt }
  const jobs = [job]
  await context.store.jobs.enqueue(jobs)
  context.onJobs(jobs)
}
