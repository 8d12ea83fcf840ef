import { createApp } from './app.ts'
import { createEmulation } from './emulation.ts'
import { toConfig } from './options.ts'
import type { Emulation } from './emulation.ts'
import type { FaultSwitches } from './fault-switches.ts'
import type { Fault } from './faults.ts'
import type { EmulatorOptions } from './options.ts'
import type { LoggedRequest } from './request-log.ts'

/** A local Cloudflare Images. */
export interface Emulator {
  /** Answers a request to any of its hosts; rejects with a `TypeError` where a real connection would break. */
  readonly fetch: (request: Request) => Promise<Response>
  readonly faults: FaultSwitches
  /** Lists the newest 200 requests, oldest first. */
  readonly requests: () => readonly LoggedRequest[]
}

/** Creates a local Cloudflare Images with an account of its own. */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  const emulation = createEmulation(toConfig(options))
  const app = createApp(emulation)
  const { set, list, clear } = emulation.faults
  return {
    fetch: (request) => log(request, emulation, async (acted) => app.fetch(request, { acted })),
    faults: { set, list, clear },
    requests: emulation.requests.list,
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
    if (path.startsWith('/__lightfast/')) return
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
