import { promisifyRequest } from 'idb-keyval'
import type { UseStore } from 'idb-keyval'
import type { DraftRow } from './draft-row.ts'

export interface DraftEntry {
  /** Its key up to the size. */
  readonly own: string
  readonly row: DraftRow
  readonly size: number
}

export interface DraftLimits {
  readonly person: string
  readonly maxCount: number
  readonly maxTotalBytes: number
}

/**
 * Puts a draft if it fits within what one person may keep, and answers whether it did. No other draft
 * goes for it: what a person was told is kept stays kept. The size is in the key, so that nobody has to
 * read all pictures to add up their sizes; and all of it is one transaction, so that tabs count together.
 */
export async function putDraft(
  store: UseStore,
  { own, row, size }: DraftEntry,
  limits: DraftLimits,
): Promise<boolean> {
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
export function below(start: string): IDBKeyRange {
  return IDBKeyRange.bound(start, `${start.slice(0, -1)}0`, false, true)
}

const sizeIn = (key: string): number => Number(key.split('/')[3] ?? 0)
