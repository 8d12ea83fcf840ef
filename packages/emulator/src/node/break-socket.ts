import { setImmediate } from 'node:timers/promises'
import type { ServerResponse } from 'node:http'
import type { Http2ServerResponse } from 'node:http2'

/** Makes a reply whose socket is closed where its body breaks, once everything before is on its way. */
export function breakSocket(
  reply: Response,
  outgoing: ServerResponse | Http2ServerResponse,
): Response {
  const reader = reply.body?.getReader()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const value = await reader?.read().then(
        (read) => read.value,
        () => undefined,
      )
      if (value) return controller.enqueue(value)
      await closeSocket(outgoing)
      // Neither end nor error: the server would report either of them.
      await new Promise(() => {})
    },
    cancel: (reason) => reader?.cancel(reason),
  })
  return new Response(body, reply)
}

/** The server holds the first bytes back for a moment, to see whether they are all. */
async function closeSocket(outgoing: ServerResponse | Http2ServerResponse): Promise<void> {
  while (!outgoing.headersSent && !outgoing.destroyed) await setImmediate()
  await setImmediate()
  outgoing.socket?.destroySoon()
}
