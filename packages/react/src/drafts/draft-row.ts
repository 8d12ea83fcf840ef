import { isNumber, isText, orMissing, shapeOf } from '../shape.ts'
import type { Guard } from '../shape.ts'
import type { Draft } from './draft-store.ts'

/** As an ArrayBuffer: Safari loses Blobs that are kept in IndexedDB. */
export interface DraftRow extends Omit<Draft, 'bytes'> {
  readonly type: string
  readonly bytes: ArrayBuffer
}

const isBuffer: Guard<ArrayBuffer> = (value) => value instanceof ArrayBuffer

const isRow = shapeOf<DraftRow>({
  uploadId: isText,
  name: isText,
  pickedAt: isNumber,
  type: isText,
  bytes: isBuffer,
  handedOverAs: orMissing(isText),
})

/** Turns a draft into what is stored. */
export async function toRow({ bytes, ...draft }: Draft): Promise<DraftRow> {
  return { ...draft, type: bytes.type, bytes: await bytes.arrayBuffer() }
}

/** Turns what is stored into a draft; null if it is none. */
export function toDraft(row: unknown): Draft | null {
  if (!isRow(row)) return null
  const { type, bytes, ...draft } = row
  return { ...draft, bytes: new Blob([bytes], { type }) }
}
