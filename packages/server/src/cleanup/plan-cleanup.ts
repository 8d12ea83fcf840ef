import type { ImageRecord } from '../uploads/record.ts'
import type { ListQuery, RecordStore } from '../uploads/store.ts'

/** Why a record is to be deleted. `unused`: a ready image that nothing has used for long. */
export type CleanupReason = 'unused' | 'expired' | 'rejected'

/** A record as it was when the plan was made. */
export interface PlannedRemoval {
  readonly id: string
  readonly reason: CleanupReason
  readonly version: number
  readonly unusedSince: number
}

export interface CleanupAges {
  /** How long nothing has used a ready image, in ms. Left out: they stay. */
  readonly unusedMs?: number
  /** How long ago an expired or rejected record last changed, in ms. */
  readonly expiredMs: number
}

const PAGE = 500

/** Tells what is to be deleted, and changes nothing. What the app uses is never in it. */
export async function planCleanup(
  records: Pick<RecordStore, 'list'>,
  { unusedMs, expiredMs }: CleanupAges,
  now: number,
): Promise<readonly PlannedRemoval[]> {
  const over = { states: ['expired', 'rejected'], updatedBefore: now - expiredMs } as const
  const unused =
    unusedMs === undefined
      ? []
      : await plan(records, { states: ['ready'], unusedBefore: now - unusedMs })
  return [...unused, ...(await plan(records, over))]
}

async function plan(
  records: Pick<RecordStore, 'list'>,
  query: Omit<ListQuery, 'limit' | 'after'>,
): Promise<readonly PlannedRemoval[]> {
  const planned: PlannedRemoval[] = []
  let after: ImageRecord | undefined
  for (;;) {
    const page = await records.list({ ...query, limit: PAGE, ...(after && { after }) })
    planned.push(...page.flatMap(toRemoval))
    after = page.at(-1)
    if (page.length < PAGE) return planned
  }
}

function toRemoval({ id, state, version, unusedSince }: ImageRecord): readonly PlannedRemoval[] {
  const reason = state === 'ready' ? 'unused' : state
  if (unusedSince === null || (reason !== 'unused' && !isOver(reason))) return []
  return [{ id, reason, version, unusedSince }]
}

function isOver(state: ImageRecord['state']): state is 'expired' | 'rejected' {
  return state === 'expired' || state === 'rejected'
}
