import type { EmulatorConfig } from './options.ts'

/** Says how fast, by whose sleep, and until when. */
export interface Pace extends Pick<EmulatorConfig, 'sleep'> {
  readonly bytesPerSecond: number
  readonly signal: AbortSignal
}

/** How often a second a slow body moves. */
const STEPS_PER_SECOND = 10

/** Lets a body through at a steady speed. It is read no faster, so the other side of a socket feels it. */
export function paceBody(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  { bytesPerSecond, sleep, signal }: Pace,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader()
  const most = Math.max(1, Math.floor(bytesPerSecond / STEPS_PER_SECOND))
  let waiting: Uint8Array<ArrayBuffer> = new Uint8Array()

  async function pull(
    controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>,
  ): Promise<void> {
    while (waiting.length === 0) {
      const { done, value } = await reader.read()
      if (done) return controller.close()
      waiting = value
    }
    const next = waiting.subarray(0, most)
    waiting = waiting.subarray(most)
    await sleep((next.length * 1000) / bytesPerSecond, signal)
    controller.enqueue(next)
  }

  const cancel = (reason: unknown): Promise<void> => reader.cancel(reason)
  return new ReadableStream({ pull, cancel }, { highWaterMark: 0 })
}

/** Makes the same request with another body; a request cannot simply be copied on every runtime. */
export function withBody(request: Request, body: ReadableStream<Uint8Array<ArrayBuffer>>): Request {
  const { method, headers, signal } = request
  // Node asks for `duplex` where a body is a stream, and the type of the platform does not know it.
  const init: RequestInit & { duplex: 'half' } = { method, headers, signal, body, duplex: 'half' }
  return new Request(request.url, init)
}
