import type { DraftOutcome } from '@lightfast/core'
import { createStore, promisifyRequest } from 'idb-keyval'
import type { UseStore } from 'idb-keyval'
import { listLocks, lock } from './locks.ts'
import { createDeviceRoom } from './device-room.ts'
import type { DeviceStorage } from './device-room.ts'
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

  return {
    async save(draft) {
      try {
        const size = draft.bytes.size
        if (!(await device.hasRoom(size))) return 'no-room'
        const row = await toRow(draft)
        const limits = { person, maxCount, maxTotalBytes }
        const own = toOwn(draft.uploadId)
        const fits = await run((store) => put(store, { own, row, size }, limits))
        if (fits) device.askToPersist()
        return fits ? 'kept' : 'no-room'
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

interface Entry {
  /** Its key up to the size. */
  readonly own: string
  readonly row: Row
  readonly size: number
}

interface Limits {
  readonly person: string
  readonly maxCount: number
  readonly maxTotalBytes: number
}

/**
 * Puts a draft if it fits within what one person may keep, and answers whether it did. No other draft
 * goes for it: what a person was told is kept stays kept. The size is in the key, so that nobody has to
 * read all pictures to add up their sizes; and all of it is one transaction, so that tabs count together.
 */
async function put(store: UseStore, { own, row, size }: Entry, limits: Limits): Promise<boolean> {
  return store('readwrite', async (rows) => {
    const keys = await promisifyRequest(rows.getAllKeys(below(limits.person)))
    const others = keys.map(String).filter((key) => !key.startsWith(own))
    const total = others.reduce((sum, key) => sum + sizeIn(key), size)
    const fits = others.length < limits.maxCount && total <= limits.maxTotalBytes
    rows.delete(below(own))
    if (fits) rows.put(row, own + size)
    await promisifyRequest(rows.transaction)
    return fits
  })
}

/** All keys that begin so. The start ends with a slash, and the range where the next character would stand there. */
function below(start: string): IDBKeyRange {
  return IDBKeyRange.bound(start, `${start.slice(0, -1)}0`, false, true)
}

const sizeIn = (key: string): number => Number(key.split('/')[3] ?? 0)

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
