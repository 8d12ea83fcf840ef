import { ImagesError } from '@lightfast/core'
import type { ImageRecord } from '../uploads/record.ts'

/** A place in a list that is newest first: behind the image that was made then and has this id. */
export type Place = Pick<ImageRecord, 'id' | 'createdAt'>

/** Writes where the next page begins. It says nothing that the page before has not said. */
export function toCursor(last: Place | undefined): string | null {
  return last ? `${last.createdAt}_${last.id}` : null
}

/**
 * Reads a cursor. One that was made up is a place like any other: what is listed from there on is decided by the policy.
 * @throws ImagesError `invalid_request`
 */
export function readCursor(cursor: string): Place {
  const [, createdAt, id] = /^(\d{1,15})_([\w-]{1,64})$/.exec(cursor) ?? []
  if (createdAt !== undefined && id !== undefined) return { id, createdAt: Number(createdAt) }
  throw new ImagesError('invalid_request', 'This cursor is not one that was answered.', {
    field: 'cursor',
  })
}
