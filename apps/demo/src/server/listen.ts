import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'

export interface Listening {
  readonly all: readonly [Server, ...Server[]]
  /** For people. */
  readonly url: string
  /** The same machine by another name where it has two, so that it is another origin to a browser. */
  readonly uploadOrigin: string
}

export interface ListenOptions {
  /** Null: this machine only, by all its loopback names. */
  readonly host: string | null
  readonly port: number
}

/**
 * Opens the port. Without a host it listens on the IPv4 and the IPv6 loopback, as browsers may turn
 * `localhost` into either.
 * @throws Error in a plain sentence if the port is taken. No other port is tried.
 */
export async function listen(
  { host, port }: ListenOptions,
  createServer: () => Server,
): Promise<Listening> {
  const first = await open(createServer(), host ?? '127.0.0.1', port)
  const address = first.address()
  const opened = toPort(address, port)
  if (host !== null) {
    const origin = `http://${toName(host)}:${opened}`
    return { all: [first], url: origin, uploadOrigin: origin }
  }
  const second = await open(createServer(), '::1', opened).catch(closeUnlessMissing(first))
  return {
    all: second ? [first, second] : [first],
    url: `http://localhost:${opened}`,
    uploadOrigin: `http://127.0.0.1:${opened}`,
  }
}

/** All addresses of the machine have no name of their own: whoever comes from outside needs one of them. */
function toName(host: string): string {
  if (host !== '0.0.0.0' && host !== '::') return host.includes(':') ? `[${host}]` : host
  const addresses = Object.values(networkInterfaces()).flatMap((known) => known ?? [])
  const outside = addresses.find(({ family, internal }) => family === 'IPv4' && !internal)
  return outside?.address ?? 'localhost'
}

/** Closes a server together with the connections that a browser keeps open. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

function open(server: Server, host: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port)))
    server.listen({ host, port, ipv6Only: host === '::1' }, () => resolve(server))
  })
}

/** Some machines have no IPv6; that is no reason to stop. A taken port is. */
function closeUnlessMissing(first: Server) {
  return async function closeUnless(error: unknown): Promise<undefined> {
    if (error instanceof Error && /EADDRNOTAVAIL|EAFNOSUPPORT/.test(error.message)) return undefined
    await closeServer(first)
    throw error
  }
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code !== 'EADDRINUSE') return error
  return new PortTakenError(
    `Port ${port} of ${host} is taken. Stop what listens there, or choose another: PORT=5174.`,
    { cause: error },
  )
}

export class PortTakenError extends Error {
  override readonly name = 'PortTakenError'
}

function toPort(address: string | AddressInfo | null, asked: number): number {
  return typeof address === 'object' && address ? address.port : asked
}
