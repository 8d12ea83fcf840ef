import type { DraftOutcome } from '@lightfast/core'
import { createStore, promisifyRequest } from 'idb-keyval'
import type { UseStore } from 'idb-keyval'
import { listLocks, lock } from './locks.ts'
import { createDeviceRoom } from './device-room.ts'
import type { DeviceStorage } from './device-room.ts'
import { DEFAULT_DRAFT_AGE_MS } from './draft-store.ts'
import type { Draft, DraftStore } from './draft-store.ts'
import { toDraft, toRow } from './draft-row.ts'
import { below, putDraft } from './put-draft.ts'

export interface IdbDraftsOptions {
  /** Who is signed in. Nobody else on this device is shown these drafts. */
  readonly userKey: string
  /** Tells apart several upload areas of one app. Default: `default`. */
  readonly instance?: string
  /** Default: 24 hours. */
  readonly maxAgeMs?: number
  /** How many drafts one person can have on this device, in all upload areas. Default: 20. */
  readonly maxCount?: number
  /** How large they can be together. Default: 200 MB. */
  readonly maxTotalBytes?: number
  readonly now?: () => number
  /** What the device says of its storage; the browser's own unless given. */
  readonly storage?: DeviceStorage | undefined
}

const DEFAULT_COUNT = 20
const DEFAULT_TOTAL_BYTES = 200_000_000

/** One database with one store: `createStore` of idb-keyval cannot add a second store to a database. */
const DATABASE = 'lightfast-drafts'
const STORE = 'drafts'

/** Makes a store in IndexedDB, which outlives reloads and crashes. Nothing is opened before the first call. */
export function createIdbDrafts(options: IdbDraftsOptions): DraftStore {
  const { userKey, instance = 'default' } = options
  const { maxAgeMs = DEFAULT_DRAFT_AGE_MS, now = () => Date.now() } = options
  const { maxCount = DEFAULT_COUNT, maxTotalBytes = DEFAULT_TOTAL_BYTES, storage } = options
  const person = `${encodeURIComponent(userKey)}/`
  const prefix = `${person}${encodeURIComponent(instance)}/`
  const toOwn = (uploadId: string): string => `${prefix}${uploadId}/`
  const run = createRunner()
  const device = createDeviceRoom(storage)
  const kept = new Set<string>()

  return {
    async save(draft) {
      try {
        const size = draft.bytes.size
        // What it says the second time must be written before the page is gone.
        if (!kept.has(draft.uploadId) && !(await device.hasRoom(size))) return 'no-room'
        const row = await toRow(draft)
        const limits = { person, maxCount, maxTotalBytes }
        const own = toOwn(draft.uploadId)
        const fits = await run((store) => putDraft(store, { own, row, size }, limits))
        if (!fits) return 'no-room'
        kept.add(draft.uploadId)
        device.askToPersist()
        return 'kept'
      } catch (error) {
        return toOutcome(error)
      }
    },
    async list() {
      try {
        const drafts = await run((store) => sweep(store, { prefix, oldest: now() - maxAgeMs }))
        const held = await listLocks()
        return drafts
          .filter(({ uploadId }) => !held.has(uploadId))
          .toSorted((a, b) => a.pickedAt - b.pickedAt)
      } catch {
        return []
      }
    },
    async remove(uploadId) {
      const drop = (store: UseStore): Promise<void> =>
        store('readwrite', (rows) => {
          rows.delete(below(toOwn(uploadId)))
          return promisifyRequest(rows.transaction)
        })
      await run(drop).catch(() => undefined)
    },
    hold: lock,
  }
}

type Run = <T>(step: (store: UseStore) => Promise<T>) => Promise<T>

/**
 * Opens the database when it is first needed, and once more when a step fails: Safari closes
 * connections behind the page's back.
 */
function createRunner(): Run {
  let store: UseStore | undefined

  return async function run(step) {
    try {
      store ??= createStore(DATABASE, STORE)
      return await step(store)
    } catch (error) {
      if (isQuota(error)) throw error
      store = createStore(DATABASE, STORE)
      return step(store)
    }
  }
}

interface SweepOptions {
  readonly prefix: string
  readonly oldest: number
}

/** Collects the drafts below the prefix. On the way it removes what is too old or unreadable, no matter whose it is. */
function sweep(store: UseStore, { prefix, oldest }: SweepOptions): Promise<Draft[]> {
  return store('readwrite', async (rows) => {
    const drafts: Draft[] = []
    const request = rows.openCursor()
    request.addEventListener('success', () => {
      const cursor = request.result
      if (cursor === null) return
      const draft = toDraft(cursor.value)
      if (draft === null || draft.pickedAt < oldest) cursor.delete()
      else if (isBelow(prefix, cursor.key)) drafts.push(draft)
      cursor.continue()
    })
    await promisifyRequest(rows.transaction)
    return drafts
  })
}

function isBelow(prefix: string, key: IDBValidKey): boolean {
  return typeof key === 'string' && key.startsWith(prefix)
}

function toOutcome(error: unknown): DraftOutcome {
  return isQuota(error) ? 'no-room' : 'unavailable'
}

function isQuota(error: unknown): boolean {
  return error instanceof Error && error.name === 'QuotaExceededError'
}
