import { createServer } from 'node:http'
import { createRequestListener } from './request-listener.ts'
import type { Server } from 'node:http'
import type { Emulator } from '../emulator.ts'

/** Says where to listen. */
export interface ServeOptions {
  /** 0 picks a free one. */
  readonly port: number
  /** Default: 127.0.0.1, so that nobody else on the network can reach it. */
  readonly hostname?: string
}

/** An emulator on a port. */
export interface RunningEmulator {
  /** Without a trailing slash, as in `http://127.0.0.1:8788`. */
  readonly url: string
  /** Cuts open connections and frees the port. */
  readonly close: () => Promise<void>
}

/** Puts an emulator on a port; rejects with a plain sentence when the port is taken. */
export async function serve(
  emulator: Emulator,
  { port, hostname = '127.0.0.1' }: ServeOptions,
): Promise<RunningEmulator> {
  const server = createServer(createRequestListener(emulator))
  await listen(server, port, hostname)
  return { url: `http://${hostname}:${portOf(server, port)}`, close: () => close(server) }
}

function listen(server: Server, port: number, hostname: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(explain(error, port, hostname)))
    server.listen(port, hostname, resolve)
  })
}

function explain(error: NodeJS.ErrnoException, port: number, hostname: string): Error {
  if (error.code !== 'EADDRINUSE') return error
  const message = `Port ${port} of ${hostname} is taken: stop what listens there or choose another`
  return new Error(message, { cause: error })
}

function portOf(server: Server, asked: number): number {
  const address = server.address()
  return typeof address === 'object' && address ? address.port : asked
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()))
    server.closeAllConnections()
  })
}
