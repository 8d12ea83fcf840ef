import type { ImageRecord } from '../../uploads/record.ts'
import type { ListQuery, StateCount } from '../../uploads/store.ts'
import { attemptsOf } from './attempts.ts'
import { isInScope } from './in-scope.ts'
import type { Tables } from './tables.ts'

/** Lists the records that a query asks for, newest first. */
export function listRecords(
  records: Iterable<ImageRecord>,
  query: ListQuery,
): readonly ImageRecord[] {
  const found = [...records].filter((record) => isAsked(record, query))
  return found.toSorted(newestFirst).slice(0, query.limit)
}

function isAsked(record: ImageRecord, query: ListQuery): boolean {
  const { ownerId, scope, states, kinds, privacy, createdFrom, createdBefore } = query
  const { unusedBefore, updatedBefore, after } = query
  return (
    (ownerId === undefined || record.ownerId === ownerId) &&
    (scope === undefined || isInScope(record, scope)) &&
    (states === undefined || states.includes(record.state)) &&
    (kinds === undefined || kinds.includes(record.kind)) &&
    (privacy === undefined || record.privacy === privacy) &&
    (createdFrom === undefined || record.createdAt >= createdFrom) &&
    (createdBefore === undefined || record.createdAt < createdBefore) &&
    (unusedBefore === undefined ||
      (record.unusedSince !== null && record.unusedSince < unusedBefore)) &&
    (updatedBefore === undefined || record.updatedAt < updatedBefore) &&
    (after === undefined || newestFirst(after, record) < 0)
  )
}

type Place = Pick<ImageRecord, 'id' | 'createdAt'>

function newestFirst(one: Place, other: Place): number {
  if (one.createdAt !== other.createdAt) return other.createdAt - one.createdAt
  if (one.id === other.id) return 0
  return one.id > other.id ? -1 : 1
}

/** Counts records by where and why they stalled. */
export function countRecords(tables: Tables): readonly StateCount[] {
  const counts = new Map<string, StateCount>()
  for (const record of tables.records.values()) {
    const { state, failure, updatedAt } = record
    const group = {
      state,
      stage: failure?.stage ?? null,
      code: failure?.code ?? null,
      rung: toRung(tables, record),
    }
    const key = JSON.stringify(Object.values(group))
    const before = counts.get(key) ?? { ...group, count: 0, oldestAt: updatedAt }
    const oldestAt = Math.min(before.oldestAt, updatedAt)
    counts.set(key, { ...before, count: before.count + 1, oldestAt })
  }
  return [...counts.values()]
}

/** The rung of the attempt that has won, else of the newest one. */
function toRung(tables: Tables, { id, attemptId }: ImageRecord): StateCount['rung'] {
  const won = attemptId === null ? undefined : tables.attempts.get(attemptId)
  return (won ?? attemptsOf(tables, id)[0])?.rung ?? null
}
