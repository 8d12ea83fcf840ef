import type { DraftOutcome } from '@lightfast/core'
import { createStore, del, promisifyRequest, set } from 'idb-keyval'
import type { UseStore } from 'idb-keyval'
import { listLocks, lock } from './locks.ts'
import { DEFAULT_DRAFT_AGE_MS } from './draft-store.ts'
import type { Draft, DraftStore } from './draft-store.ts'
import { isNumber, isText, orMissing, shapeOf } from '../shape.ts'
import type { Guard } from '../shape.ts'

export interface IdbDraftsOptions {
  /** Who is signed in. Nobody else on this device is shown these drafts. */
  readonly userKey: string
  /** Tells apart several upload areas of one app. Default: `default`. */
  readonly instance?: string
  /** Default: 24 hours. */
  readonly maxAgeMs?: number
  readonly now?: () => number
}

/** One database with one store: `createStore` of idb-keyval cannot add a second store to a database. */
const DATABASE = 'lightfast-drafts'
const STORE = 'drafts'

/** Makes a store in IndexedDB, which outlives reloads and crashes. Nothing is opened before the first call. */
export function createIdbDrafts(options: IdbDraftsOptions): DraftStore {
  const { userKey, instance = 'default' } = options
  const { maxAgeMs = DEFAULT_DRAFT_AGE_MS, now = () => Date.now() } = options
  const prefix = `${encodeURIComponent(userKey)}/${encodeURIComponent(instance)}/`
  const run = createRunner()

  return {
    async save(draft) {
      try {
        const row = await toRow(draft)
        await run((store) => set(prefix + draft.uploadId, row, store))
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
      await run((store) => del(prefix + uploadId, store)).catch(() => undefined)
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

/** As an ArrayBuffer: Safari loses Blobs that are kept in IndexedDB. */
interface Row extends Omit<Draft, 'bytes'> {
  readonly type: string
  readonly bytes: ArrayBuffer
}

const isBuffer: Guard<ArrayBuffer> = (value) => value instanceof ArrayBuffer

const isRow = shapeOf<Row>({
  uploadId: isText,
  name: isText,
  pickedAt: isNumber,
  type: isText,
  bytes: isBuffer,
  handedOverAs: orMissing(isText),
})

async function toRow({ bytes, ...draft }: Draft): Promise<Row> {
  return { ...draft, type: bytes.type, bytes: await bytes.arrayBuffer() }
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

function toDraft(row: unknown): Draft | null {
  if (!isRow(row)) return null
  const { type, bytes, ...draft } = row
  return { ...draft, bytes: new Blob([bytes], { type }) }
}

function toOutcome(error: unknown): DraftOutcome {
  return isQuota(error) ? 'no-room' : 'unavailable'
}

function isQuota(error: unknown): boolean {
  return error instanceof Error && error.name === 'QuotaExceededError'
}
