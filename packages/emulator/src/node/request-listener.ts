import { getRequestListener } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { isCut } from '../cut-reply.ts'
import { breakSocket } from './break-socket.ts'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Emulator } from '../emulator.ts'

/** Answers a request of Node's own http server. */
export type RequestListener = (incoming: IncomingMessage, outgoing: ServerResponse) => void

/**
 * Creates a listener for a server that is already there: hand it the raw pair, before any body is read.
 * A connection the emulator breaks is broken on the socket, so the other side sees a network error.
 */
export function createRequestListener(emulator: Pick<Emulator, 'fetch'>): RequestListener {
  const listen = getRequestListener(
    async (request, { outgoing }) => {
      try {
        const reply = await emulator.fetch(request)
        return isCut(reply) ? breakSocket(reply, outgoing) : reply
      } catch {
        if (outgoing.socket && 'resetAndDestroy' in outgoing.socket)
          outgoing.socket.resetAndDestroy()
        outgoing.destroy()
        return RESPONSE_ALREADY_SENT
      }
    },
    { overrideGlobalObjects: false },
  )
  return function handOver(incoming, outgoing) {
    void listen(incoming, outgoing)
  }
}
