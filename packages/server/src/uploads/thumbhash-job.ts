import type { JobResult } from '../jobs/job-handler.ts'
import type { NewJob } from '../jobs/job-store.ts'
import type { FetchPicture } from '../delivery/fetch-picture.ts'
import type { ImageRecord } from './record.ts'
import { move } from './uploads-context.ts'
import type { UploadsContext } from './uploads-context.ts'

/** How likenesses are made, which pages show until a picture is there. */
export interface Likeness {
  /** Fetches a small picture of an image: a hundred pixels are enough. */
  readonly source: FetchPicture
  /** Makes a thumbhash of a picture, as base64. @see https://evanw.github.io/thumbhash/ */
  readonly toThumbhash: (bytes: Uint8Array<ArrayBuffer>) => Promise<string>
}

/** Lists the jobs of an image that becomes ready: one, if likenesses are made. Nothing waits for it. */
export function listThumbhashJobs(
  { likeness, now }: Pick<UploadsContext, 'likeness' | 'now'>,
  { id }: Pick<ImageRecord, 'id'>,
): readonly NewJob[] {
  return likeness ? [{ kind: 'thumbhash', subject: id, runAt: now() }] : []
}

/** Makes the likeness of a ready image that has none. */
export async function makeThumbhash(
  context: UploadsContext,
  imageId: string,
  signal: AbortSignal,
): Promise<JobResult> {
  const { store, likeness } = context
  const record = await store.records.find(imageId)
  if (!likeness || !record || !isWanted(record)) return 'done'
  const { bytes } = await likeness.source(record, signal)
  const thumbhash = checkThumbhash(await likeness.toThumbhash(bytes))
  await note(context, record, thumbhash)
  return 'done'
}

function isWanted({ state, thumbhash }: ImageRecord): boolean {
  return state === 'ready' && thumbhash === null
}

/** Another writer may be first: its word stays, and the likeness is as true after it. */
async function note(
  context: UploadsContext,
  record: ImageRecord,
  thumbhash: string,
): Promise<void> {
  if (!isWanted(record)) return
  const change = { thumbhash, beside: { actor: 'thumbhash' } }
  if (await move(context, record, ['ready', change])) return
  const current = await context.store.records.find(record.id)
  if (current && current.version !== record.version) await note(context, current, thumbhash)
}

/** It goes to every page that shows the image: it must be what it is said to be, and small. */
function checkThumbhash(thumbhash: string): string {
  if (/^[A-Za-z\d+/]{6,64}={0,2}$/.test(thumbhash)) return thumbhash
  throw new TypeError('likeness.toThumbhash must answer some 25 bytes as base64.')
}
