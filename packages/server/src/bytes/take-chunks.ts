import { ImagesError } from '@lightfast/core'
import type { PutOptions } from './byte-store.ts'

/**
 * Takes the chunks of a body one at a time, as they are asked for. If it gives up, because of the signal, the size or whoever
 * takes them, the body is cancelled: nothing is left open behind it.
 * @throws ImagesError `file_too_large` beyond `maxBytes`; the reason of the signal; the body's own error.
 */
export async function* takeChunks(
  body: ReadableStream<Uint8Array>,
  { maxBytes, signal }: PutOptions,
): AsyncGenerator<Uint8Array, void, void> {
  const reader = body.getReader()
  const leave = (): void => void reader.cancel(signal?.reason).catch(ignore)
  signal?.addEventListener('abort', leave, { once: true })
  try {
    for (let sizeBytes = 0; ;) {
      signal?.throwIfAborted()
      const { done, value } = await reader.read()
      signal?.throwIfAborted()
      if (done) return
      sizeBytes += value.byteLength
      if (sizeBytes > maxBytes) throw toTooLarge(sizeBytes, maxBytes)
      yield value
    }
  } finally {
    signal?.removeEventListener('abort', leave)
    leave()
  }
}

function toTooLarge(actual: number, limit: number): ImagesError {
  return new ImagesError('file_too_large', `The bytes to keep are more than ${limit}.`, {
    stage: 'transfer',
    measure: { actual, limit },
  })
}

/** The body has failed or ended before: either way it is closed. */
function ignore(): void {}
