import { ImagesError, imageStates } from '@lightfast/core'
import type { FailureCode, ImageList, ImageState } from '@lightfast/core'
import type { Principal } from '../access/principal.ts'
import type { ImageRecord } from '../uploads/record.ts'
import type { ListQuery } from '../uploads/store.ts'
import type { UploadsContext } from '../uploads/uploads-context.ts'
import { readCursor, toCursor } from './cursor.ts'
import type { Allowed } from './find-allowed.ts'
import { checkVariant, makeUrl } from './image-url.ts'
import { findRungs, toImage, toRung } from './to-image.ts'

/** Which images, of those that a principal may see. What is left out is no condition. */
export interface ListImages extends Pick<
  ListQuery,
  'kinds' | 'privacy' | 'createdFrom' | 'createdBefore'
> {
  readonly state?: ImageState
  /** `me`, or an id. */
  readonly owner?: string
  readonly cursor?: string
  /** @default 50 */
  readonly limit?: number
  /** The named variant whose URL each ready image should carry. */
  readonly variant?: string
}

/** What was deleted is only in the audit. */
const shownStates = imageStates.filter((state) => state !== 'deleted')

const LIMIT = 50

/** Lists the images that a principal may see, newest first. */
export async function listImages(
  context: UploadsContext,
  principal: Principal,
  query: ListImages,
): Promise<ImageList> {
  const { variant, limit = LIMIT } = query
  if (variant !== undefined) checkVariant(context, variant)
  const scope = await context.policy.scope(principal, 'view')
  const found = { ...toQuery(principal, query), scope, limit: limit + 1 }
  const records = await context.store.records.list(found)
  const page = records.slice(0, limit)
  const images = await showAll(context, principal, { records: page, variant })
  return { images, nextCursor: records.length > limit ? toCursor(page.at(-1)) : null }
}

function toQuery(principal: Principal, query: ListImages): Omit<ListQuery, 'limit'> {
  const { state, owner, cursor, kinds, privacy, createdFrom, createdBefore } = query
  return {
    states: state ? [state] : shownStates,
    ...(owner !== undefined && { ownerId: owner === 'me' ? principal.id : owner }),
    ...(cursor !== undefined && { after: readCursor(cursor) }),
    ...(kinds && { kinds }),
    ...(privacy && { privacy }),
    ...(createdFrom !== undefined && { createdFrom }),
    ...(createdBefore !== undefined && { createdBefore }),
  }
}

interface ShowAll {
  readonly records: readonly ImageRecord[]
  readonly variant: string | undefined
}

/** Each is asked for once more by itself: what it is shown with is not in a scope, and no mistake in one shows anything. */
async function showAll(
  context: UploadsContext,
  principal: Principal,
  { records, variant }: ShowAll,
) {
  const rungs = await findRungs(context, records)
  const shown = await Promise.all(
    records.map(async (record) => {
      const decision = await context.policy.check(principal, 'view', record)
      if (!decision.allowed) return []
      const url = await tryUrl(context, principal, { record, decision, variant })
      return [await toImage(context, principal, { record, url, rung: toRung(record, rungs) })]
    }),
  )
  return shown.flat()
}

async function tryUrl(
  context: UploadsContext,
  principal: Principal,
  { variant, ...allowed }: Allowed & { readonly variant: string | undefined },
): Promise<string | null> {
  if (variant === undefined) return null
  try {
    return (await makeUrl(context, principal, { ...allowed, variant }))?.url ?? null
  } catch (error) {
    if (error instanceof ImagesError && hasNoUrl.includes(error.code)) return null
    throw error
  }
}

/** No mark is due to whoever asks, or the image has changed since: that one has no URL, and the others have theirs. */
const hasNoUrl: readonly FailureCode[] = ['forbidden', 'not_found', 'upload_conflict']
