export interface StreamLimits {
  readonly maxBytes: number
  readonly signal: AbortSignal | undefined
  readonly toTooLarge: () => Error
}

/**
 * Reads a stream to its end. When it gives up, because of the signal, the size or an error, the stream is cancelled:
 * nothing is left open behind it.
 */
export async function readStream<Chunk extends Uint8Array>(
  stream: ReadableStream<Chunk>,
  { maxBytes, signal, toTooLarge }: StreamLimits,
): Promise<readonly Chunk[]> {
  const reader = stream.getReader()
  const chunks: Chunk[] = []
  let leftBytes = maxBytes
  signal?.addEventListener('abort', leave, { once: true })
  try {
    for (;;) {
      signal?.throwIfAborted()
      const { done, value } = await reader.read()
      signal?.throwIfAborted()
      if (done) return chunks
      leftBytes -= value.byteLength
      if (leftBytes < 0) throw toTooLarge()
      chunks.push(value)
    }
  } catch (error) {
    leave()
    throw error
  } finally {
    signal?.removeEventListener('abort', leave)
  }

  function leave(): void {
    reader.cancel(signal?.reason).catch(ignore)
  }
}

/** Cancels a body that nobody will read. */
export function discard({ body }: Response): void {
  body?.cancel().catch(ignore)
}

/** The stream has failed or was cancelled before: either way it is closed. */
function ignore(): void {}
