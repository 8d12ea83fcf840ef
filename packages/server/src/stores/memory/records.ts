import type { ImageRecord } from '../../uploads/record.ts'
import type { Beside, RecordStore, Room, StartLimits } from '../../uploads/store.ts'
import {
  applyMove,
  checkLimits,
  checkRoom,
  refuseTaken,
  refuseUsed,
  toAuditEntry,
  toMove,
  unfinishedStates,
} from '../next-record.ts'
import type { Move } from '../next-record.ts'
import { planChanges } from './attempts.ts'
import { countRecords, listRecords } from './select-records.ts'
import { putAttempts, putJobs, putRecord } from './tables.ts'
import type { Tables } from './tables.ts'

/** Makes the part that keeps records. */
export function createRecords(tables: Tables, now: () => number): RecordStore {
  const { records } = tables
  return {
    async create(record, beside, limits) {
      const known = findUpload(tables, record)
      if (known) return { record: known, created: 'known' }
      if (!add(tables, record, { beside, limits, now: now() })) {
        throw new TypeError('A new record has no attempts of another outcome.')
      }
      return { record, created: 'new' }
    },
    find: async (id) => records.get(id),
    findMany: async (ids) => [...new Set(ids)].flatMap((id) => records.get(id) ?? []),
    async move(seen, state, change) {
      const move = toMove(seen, state, change)
      const before = records.get(seen.id)
      if (before?.state !== seen.state || before.version !== seen.version) return undefined
      return apply(tables, before, { ...move, now: now() })
    },
    list: async (query) => listRecords(records.values(), query),
    count: async () => countRecords(tables),
  }
}

function findUpload(tables: Tables, record: ImageRecord): ImageRecord | undefined {
  return tables.records.get(tables.uploads.get(toUploadKey(record)) ?? '')
}

function toUploadKey({ ownerId, uploadId }: ImageRecord): string {
  return JSON.stringify([ownerId, uploadId])
}

interface Addition {
  readonly beside: Beside
  readonly limits: StartLimits | undefined
  readonly now: number
}

/** Answers whether it was added. Everything is checked before anything is written. */
function add(tables: Tables, record: ImageRecord, { beside, limits, now }: Addition): boolean {
  if (tables.records.has(record.id)) refuseTaken('a record')
  if (limits) checkLimits(started(tables, record.ownerId, limits.since), limits)
  if (record.kept && beside.room) {
    checkRoom(held(tables, record), record.kept.sizeBytes, beside.room)
  }
  const attempts = planChanges(tables, beside.attempts, record.id)
  if (!attempts) return false
  tables.uploads.set(toUploadKey(record), record.id)
  putRecord(tables, record, toAuditEntry(null, record, beside.actor))
  putAttempts(tables, attempts)
  putJobs(tables, beside.jobs, now)
  return true
}

function started({ records }: Tables, ownerId: string, since: number) {
  const owned = [...records.values()].filter((record) => record.ownerId === ownerId)
  return {
    starts: owned.filter(({ createdAt }) => createdAt >= since).length,
    unfinished: owned.filter(({ state }) => unfinishedStates.includes(state)).length,
  }
}

/** What all other records hold. */
function held({ records }: Tables, { id, ownerId }: ImageRecord): Room {
  const others = [...records.values()].filter((record) => record.id !== id)
  return {
    totalBytes: sumKept(others),
    ownerBytes: sumKept(others.filter((record) => record.ownerId === ownerId)),
  }
}

function sumKept(records: readonly ImageRecord[]): number {
  return records.reduce((bytes, { kept }) => bytes + (kept?.sizeBytes ?? 0), 0)
}

function apply(
  tables: Tables,
  before: ImageRecord,
  move: Move & { readonly now: number },
): ImageRecord | undefined {
  const { beside, changes, now } = move
  if (beside.unlessUsed && tables.usages.get(before.id)?.length) refuseUsed()
  if (changes.kept && beside.room) {
    checkRoom(held(tables, before), changes.kept.sizeBytes, beside.room)
  }
  const attempts = planChanges(tables, beside.attempts)
  if (!attempts) return undefined
  const after = applyMove(before, move, now)
  putRecord(tables, after, toAuditEntry(before.state, after, beside.actor))
  putAttempts(tables, attempts)
  putJobs(tables, beside.jobs, now)
  return after
}
