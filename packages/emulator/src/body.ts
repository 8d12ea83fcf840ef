/** Thrown where a real connection would break: a `TypeError`, like any network failure of `fetch`. */
export class ConnectionDroppedError extends TypeError {
  override readonly name = 'ConnectionDroppedError'

  constructor() {
    super('The emulator dropped the connection')
  }
}

/** Limits the reading of a body. */
export interface BodyLimits {
  readonly maxBytes: number
  /** Breaks the connection once that many bytes were read, or all. */
  readonly dropAt?: number
  /** Whether a body that is too large is read to its end, or left and its stream cancelled. Default: `drain`. */
  readonly excess?: 'drain' | 'leave'
}

/** A request or a response. */
type Message = Pick<Request, 'body'>

/** Reads a body into memory, or resolves to `too-large` having kept nothing of it. */
export async function readBody(
  message: Message,
  { maxBytes, dropAt = Infinity, excess = 'drain' }: BodyLimits,
): Promise<Uint8Array<ArrayBuffer> | 'too-large'> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunksOf(message)) {
    size += chunk.length
    if (size >= dropAt) throw new ConnectionDroppedError()
    if (size > maxBytes && excess === 'leave') return 'too-large'
    if (size <= maxBytes) chunks.push(chunk)
    else chunks.length = 0
  }
  if (dropAt !== Infinity) throw new ConnectionDroppedError()
  return size > maxBytes ? 'too-large' : join(chunks, size)
}

/** Reads a body to its end and forgets it, so that a browser gets to see the reply. */
export async function drainBody(request: Request): Promise<void> {
  await readBody(request, { maxBytes: 0 })
}

/** A reader, because a request's stream is not async iterable everywhere; leaving early cancels it. */
async function* chunksOf(message: Message): AsyncGenerator<Uint8Array> {
  const reader = message.body?.getReader()
  if (!reader) return
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    reader.cancel().catch(() => {})
  }
}

function join(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    whole.set(chunk, offset)
    offset += chunk.length
  }
  return whole
}
