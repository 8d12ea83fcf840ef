import { createApp } from './app.ts'
import { createEmulation } from './emulation.ts'
import { toConfig } from './options.ts'
import { reset, resettable } from './reset.ts'
import type { Clock } from './clock.ts'
import type { Emulation } from './emulation.ts'
import type { FaultSwitches } from './fault-switches.ts'
import type { Fault } from './faults.ts'
import type { EmulatorOptions } from './options.ts'
import type { LoggedRequest } from './request-log.ts'
import type { ResettablePart } from './reset.ts'
import type { WebhookSwitches } from './webhooks/create-webhooks.ts'

/** A local Cloudflare Images. */
export interface Emulator {
  /** Answers a request to any of its hosts; rejects with a `TypeError` where a real connection would break. */
  readonly fetch: (request: Request) => Promise<Response>
  readonly faults: FaultSwitches
  /** Lists the newest 200 requests, oldest first. */
  readonly requests: () => readonly LoggedRequest[]
  /** The time by which slots, signatures and blocks run out. */
  readonly clock: Clock
  readonly webhooks: WebhookSwitches
  /** Sets these parts back to what they were at the start. Default: all of them. */
  readonly reset: (parts?: readonly ResettablePart[]) => Promise<void>
}

/** Creates a local Cloudflare Images with an account of its own. */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  const emulation = createEmulation(toConfig(options))
  const app = createApp(emulation)
  const { set, add, remove, list, clear } = emulation.faults
  const { list: listWebhooks, sendTest, idle } = emulation.webhooks
  return {
    fetch: (request) => log(request, emulation, async (acted) => app.fetch(request, { acted })),
    faults: { set, add, remove, list, clear },
    requests: emulation.requests.list,
    clock: emulation.clock,
    webhooks: { list: listWebhooks, sendTest, idle },
    reset: (parts = resettable) => reset(emulation, parts),
  }
}

/** Writes one line per request, also when it breaks. */
async function log(
  request: Request,
  { config, requests }: Emulation,
  answer: (acted: Fault[]) => Promise<Response>,
): Promise<Response> {
  const acted: Fault[] = []
  const path = new URL(request.url).pathname
  const add = (status: number): void => {
    if (/^\/__lightfast(?:\/|$)/.test(path)) return
    const fault = acted.map(({ effect }) => effect).join(', ')
    requests.add({
      at: config.now(),
      method: request.method,
      path,
      status,
      ...(fault && { fault }),
    })
  }
  try {
    const response = await answer(acted)
    add(response.status)
    return response
  } catch (error) {
    add(0)
    throw error
  }
}
