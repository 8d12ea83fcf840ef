import { ImagesError } from '@lightfast/core'
import type { CallOptions } from '../client/api.ts'
import { isFileRefusal } from '../client/envelope.ts'
import type { CloudflareImage } from '../client/cloudflare-image.ts'
import type { Attempt } from './record.ts'
import type { UploadsContext } from './uploads-context.ts'

/**
 * What Cloudflare says of one attempt. `waiting`: it may still come, until `until` if that is known. `missing`: there is nothing. `unknown`:
 * Cloudflare did not say.
 */
export type Verdict =
  | { readonly status: 'landed'; readonly cloudflareId: string; readonly others: readonly string[] }
  | { readonly status: 'waiting'; readonly until: number }
  | { readonly status: 'missing' }
  | { readonly status: 'refused'; readonly error: ImagesError }
  | { readonly status: 'unknown'; readonly error: ImagesError }

/** A person is waiting: one call, in this time, never repeated. */
export const AT_ONCE: CallOptions = { deadlineMs: 2000, repeat: 'never' }

/**
 * Asks Cloudflare what became of an attempt. A slot is asked for by its id. What we sent ourselves has no id before the
 * answer, so it is looked for by the attempt's id in the metadata; a list lags, so not to find it says nothing at first.
 */
export async function readVerdict(
  context: UploadsContext,
  attempt: Attempt,
  options: CallOptions = {},
): Promise<Verdict> {
  try {
    const verdict =
      attempt.rung === 'direct'
        ? await readSlot(context, attempt, options)
        : await findSent(context, attempt, options)
    return believe(verdict, attempt)
  } catch (error) {
    if (!(error instanceof ImagesError)) throw error
    return error.code === 'file_refused_by_host'
      ? { status: 'refused', error }
      : { status: 'unknown', error }
  }
}

/** A refusal that somebody reported is believed once Cloudflare says that it does not have the file. */
function believe(verdict: Verdict, { refusalCode }: Attempt): Verdict {
  if (verdict.status !== 'waiting' && verdict.status !== 'missing') return verdict
  if (refusalCode === null || !isFileRefusal(refusalCode)) return verdict
  const message = `Cloudflare does not have the file, and was heard to refuse it with ${refusalCode}.`
  const error = new ImagesError('file_refused_by_host', message, { cloudflareCodes: [refusalCode] })
  return { status: 'refused', error }
}

async function readSlot(
  { client, now, times }: UploadsContext,
  { slot }: Attempt,
  options: CallOptions,
): Promise<Verdict> {
  if (!slot) return { status: 'missing' }
  const until = slot.expiresAt + times.graceMs
  try {
    const image = await client.images.get(slot.cloudflareId, options)
    // "Draft" is the only sign: a draft already carries an upload date.
    if (!image.draft) return { status: 'landed', cloudflareId: slot.cloudflareId, others: [] }
    return now() < until ? { status: 'waiting', until } : { status: 'missing' }
  } catch (error) {
    if (error instanceof ImagesError && error.code === 'not_found') return { status: 'missing' }
    throw error
  }
}

async function findSent(
  { client, now, times }: UploadsContext,
  { id, cloudflareId: known, sentAt }: Attempt,
  options: CallOptions,
): Promise<Verdict> {
  if (sentAt === null) return { status: 'missing' }
  const meta = [{ field: 'attemptId', op: 'eq', value: id }] as const
  const { images } = await client.images.listPage({ meta, perPage: 100 }, options)
  const [first, ...others] = orderBy(known, images)
  if (first !== undefined) return { status: 'landed', cloudflareId: first, others }
  const until = sentAt + times.listLagMs
  return now() < until ? { status: 'waiting', until } : { status: 'missing' }
}

/** One send can have made two images, if its answer was lost and it was sent again. The one that is known already comes first. */
function orderBy(known: string | null, images: readonly CloudflareImage[]): readonly string[] {
  const ids = images.map(({ id }) => id).toReversed()
  return known === null || !ids.includes(known) ? ids : [known, ...ids.filter((id) => id !== known)]
}
