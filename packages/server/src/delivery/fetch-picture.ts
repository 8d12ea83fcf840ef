/** The port of pictures as the image host delivers them: what avatars, likenesses and the gateway are made of. */
import type { ImageRecord } from '../uploads/record.ts'

/** A picture as it was fetched. Its type is told from its bytes. */
export interface FetchedPicture {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly contentType: string
}

/** Fetches a record's picture. Rejects if it cannot, and as soon as the signal aborts. */
export type FetchPicture = (record: ImageRecord, signal: AbortSignal) => Promise<FetchedPicture>
