/** The emulated Cloudflare Images of a run, on a port of this machine. */
import { createEmulator } from '@lightfast/emulator'
import type { Emulator } from '@lightfast/emulator'
import { serve } from '@lightfast/emulator/node'
import type { FastClock } from './clock.ts'
import { createHostLog } from './host-log.ts'
import type { HostLog } from './host-log.ts'
import { createHostParts } from './host-store.ts'
import type { Door, HostParts, HostStore } from './host-store.ts'

export interface Host {
  readonly url: string
  readonly faults: Emulator['faults']
  readonly webhooks: Emulator['webhooks']
  readonly store: HostStore
  readonly log: HostLog
  readonly close: () => Promise<void>
}

export interface HostOptions {
  readonly clock: FastClock
  readonly seed: number
  readonly webhook: { readonly url: string; readonly secret: string }
}

/** Starts it. */
export async function openHost(options: HostOptions): Promise<Host> {
  const parts = createHostParts()
  const log = createHostLog()
  let made: Emulator | undefined
  const running = await serve(
    (url) => {
      made = createHost(url, parts, options)
      return { ...made, fetch: createDoorman(made, parts, { log, now: options.clock.now }) }
    },
    { port: 0 },
  )
  if (!made) throw new TypeError('The host was not made.')
  const { faults, webhooks } = made
  return { url: running.url, faults, webhooks, store: parts.store, log, close: running.close }
}

function createHost(
  url: string,
  { store, pixels }: HostParts,
  { clock, seed, webhook }: HostOptions,
): Emulator {
  return createEmulator({
    now: clock.now,
    sleep: clock.sleep,
    seed,
    store,
    pixels,
    webhook: { ...webhook, retryDelaysMs: [2000] },
    // Thousands come within minutes here. Being throttled is one of the faults.
    rateLimit: 'off',
    origins: { upload: url, delivery: url },
    settings: {
      webhookData(event) {
        const { imageId } = event
        const code = event.outcome === 'failed' ? event.code : store.refusalOf(imageId)
        return { id: imageId, ...(code !== undefined && { error: { code } }) }
      },
    },
  })
}

interface Doorman {
  readonly log: HostLog
  readonly now: () => number
}

/** Lets requests through their door, and writes down each of them. */
function createDoorman(
  { fetch, requests }: Emulator,
  { through }: HostParts,
  { log, now }: Doorman,
): Emulator['fetch'] {
  return async function letThrough(request) {
    const { method, url } = request
    const { pathname, search } = new URL(url)
    const startedAt = now()
    let status = 0
    try {
      const reply = await through(toDoor(pathname), () => fetch(request))
      status = reply.status
      return reply
    } finally {
      const line = requests().findLast((one) => one.path === pathname && one.method === method)
      const path = `${pathname}${search}`
      log.add({ startedAt, at: now(), method, path, status, fault: line?.fault })
    }
  }
}

function toDoor(pathname: string): Door {
  return pathname.startsWith('/client/') || pathname.startsWith('/images/') ? 'api' : 'upload'
}
