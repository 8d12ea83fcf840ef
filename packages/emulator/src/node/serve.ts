import { createServer } from 'node:http'
import { networkInterfaces } from 'node:os'
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
  /** Without a trailing slash, as in `http://127.0.0.1:8788`; with an address of this machine where it listens on all. */
  readonly url: string
  /** Cuts open connections and frees the port. */
  readonly close: () => Promise<void>
}

/**
 * Puts an emulator on a port; rejects with a plain sentence when the port is taken. A function gets the
 * address first, so that it can be told to the emulator as its `origins`.
 */
export async function serve(
  emulator: Emulator | ((url: string) => Emulator),
  { port, hostname = '127.0.0.1' }: ServeOptions,
): Promise<RunningEmulator> {
  const server = createServer()
  await listen(server, port, hostname)
  const url = `http://${toName(hostname)}:${portOf(server, port)}`
  const served = typeof emulator === 'function' ? emulator(url) : emulator
  server.on('request', createRequestListener(served))
  return { url, close: () => close(server) }
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

/** All addresses of the machine have no name of their own: whoever comes from outside needs one of them. */
function toName(hostname: string): string {
  if (hostname !== '0.0.0.0' && hostname !== '::') {
    return hostname.includes(':') ? `[${hostname}]` : hostname
  }
  const addresses = Object.values(networkInterfaces()).flatMap((known) => known ?? [])
  const outside = addresses.find(({ family, internal }) => family === 'IPv4' && !internal)
  return outside?.address ?? 'localhost'
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
