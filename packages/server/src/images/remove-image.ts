import type { Principal } from '../access/principal.ts'
import type { NewJob } from '../jobs/job-store.ts'
import type { Attempt, ImageRecord } from '../uploads/record.ts'
import { latest, move } from '../uploads/uploads-context.ts'
import type { UploadsContext } from '../uploads/uploads-context.ts'
import { findAllowed } from './find-allowed.ts'

export interface RemoveOptions {
  /** `force`: though something of the app uses it. @default 'unless-used' */
  readonly mode?: 'unless-used' | 'force'
}

/**
 * Deletes an image, or ends an upload: whatever is or arrives at Cloudflare is deleted by jobs, and so are bytes that we keep.
 * @throws ImagesError `image_in_use` while something of the app uses it, unless forced.
 */
export async function removeImage(
  context: UploadsContext,
  principal: Principal,
  { id, ...options }: RemoveOptions & { readonly id: string },
): Promise<void> {
  const { record } = await findAllowed(context, principal, { id, action: 'delete' })
  await remove(context, record, { actor: principal.id, ...options })
}

/** Deletes an image for whoever may. Of two at once, one writes and both have what they wanted. */
async function remove(
  context: UploadsContext,
  record: ImageRecord,
  { actor, mode = 'unless-used' }: RemoveOptions & { readonly actor: string },
): Promise<void> {
  if (record.state === 'deleted') return
  const moved = await removeSeen(context, record, { actor, mode })
  if (!moved) await remove(context, await latest(context, record), { actor, mode })
}

/** Deletes an image as it was seen. Undefined, and nothing is written, if it has changed since. */
export async function removeSeen(
  context: UploadsContext,
  seen: ImageRecord,
  { actor, mode = 'unless-used' }: RemoveOptions & { readonly actor: string },
): Promise<ImageRecord | undefined> {
  const attempts = await context.store.attempts.of(seen.id)
  const jobs = toJobs(context, seen, attempts)
  const beside = { actor, jobs, unlessUsed: mode === 'unless-used' }
  return move(context, seen, ['deleted', { failure: null, beside }])
}

/** Slots that nobody has used are deleted too: then nothing can arrive by them. */
function toJobs(
  { now }: UploadsContext,
  { id, kept, cloudflareId }: ImageRecord,
  attempts: readonly Attempt[],
): readonly NewJob[] {
  const open = attempts.filter(({ outcome }) => outcome !== 'closed')
  const ids = new Set([cloudflareId, ...open.map((attempt) => attempt.cloudflareId)])
  const remote = [...ids].flatMap((subject) => subject ?? [])
  const runAt = now()
  return [
    ...remote.map((subject) => ({ kind: 'delete-remote', subject, runAt }) as const),
    ...(kept ? [{ kind: 'drop-bytes', subject: id, runAt } as const] : []),
  ]
}
