/** The network of one device: it can be gone, a call has its time, and our servers know who is signed in. */
import type { Dice } from './dice.ts'
import type { FastClock } from './clock.ts'

export interface Network {
  /** To one of our servers, with the cookie, as a page of the app sends it. */
  readonly fetch: (request: Request) => Promise<Response>
  /** To the upload host, as any page may. */
  readonly fetchForeign: (request: Request) => Promise<Response>
  readonly goOffline: () => void
  readonly goOnline: () => void
}

export interface NetworkOptions {
  readonly clock: FastClock
  /** Says which server a call goes to, as what stands before them would. */
  readonly dice: Dice
  readonly origins: readonly string[]
  readonly cookie: string
}

/** As long as the kit waits for our server, by the clock of the run; for bytes it waits longer. */
const CALL_MS = 20_000
const BYTES_MS = 60_000

/** Makes a network that is there. */
export function createNetwork(options: NetworkOptions): Network {
  const { clock } = options
  let cut = new AbortController()
  let isOffline = false
  return {
    fetch: (request) =>
      send(toServer(request, options), request.method === 'PUT' ? BYTES_MS : CALL_MS),
    fetchForeign: (request) => send(request, BYTES_MS),
    goOffline() {
      isOffline = true
      cut.abort(new TypeError('The network is gone.'))
    },
    goOnline() {
      isOffline = false
      cut = new AbortController()
    },
  }

  async function send(request: Request, ms: number): Promise<Response> {
    if (isOffline) throw new TypeError('The network is gone.')
    const late = new AbortController()
    const cancel = clock.schedule(() => late.abort(new TypeError('That took too long.')), ms)
    const signal = AbortSignal.any([request.signal, cut.signal, late.signal])
    try {
      const reply = await fetch(request, { signal })
      // Read within the same time: what breaks off is as good as nothing.
      return new Response(await readBody(reply), reply)
    } finally {
      cancel()
    }
  }
}

/** These have none. */
const EMPTY = [204, 205, 304]

async function readBody(reply: Response): Promise<ArrayBuffer | null> {
  return EMPTY.includes(reply.status) ? null : reply.arrayBuffer()
}

function toServer(request: Request, { dice, origins, cookie }: NetworkOptions): Request {
  const origin = origins.length > 1 ? dice.pick(origins.map((one) => [one, 1])) : origins[0]
  const url = new URL(request.url)
  const there = new Request(new URL(`${url.pathname}${url.search}`, origin), request)
  there.headers.set('cookie', cookie)
  there.headers.set('origin', origin ?? url.origin)
  return there
}
