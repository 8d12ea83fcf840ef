/**
 * Keeps the bytes of files until Cloudflare has them. It promises:
 * - `put` reads the body once, holds no more than a small part of it in memory, and a key appears only when its bytes are whole; it replaces what
 *   was there. It rejects with `file_too_large` beyond `maxBytes`, with `storage_full` if there is no room, with the
 *   signal's reason if that aborts, and with the body's own error; then nothing of it is left.
 * - `open` answers the bytes of a key, or undefined. They may be read any number of times, are read as they are
 *   asked for where the store can do that, and stay readable while they are replaced.
 * - `delete` of a key that is not there succeeds.
 * - `list` answers every key that is whole, each once.
 * - Other troubles of the store are an `ImagesError` `store_unavailable`.
 */
export interface ByteStore {
  readonly put: (
    key: string,
    body: ReadableStream<Uint8Array>,
    options: PutOptions,
  ) => Promise<{ readonly sizeBytes: number }>
  readonly open: (key: string) => Promise<Blob | undefined>
  readonly delete: (key: string) => Promise<void>
  readonly list: () => AsyncIterable<StoredBytes>
}

export interface PutOptions {
  readonly maxBytes: number
  readonly signal?: AbortSignal
}

export interface StoredBytes {
  readonly key: string
  readonly sizeBytes: number
  /** Ms since the epoch. */
  readonly storedAt: number
}
