/** Everything that a run takes place on: the clock, Cloudflare, our servers, and what they keep. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ByteStore, ImagesStore } from '@lightfast/server'
import { openFolderByteStore } from '@lightfast/server/node'
import { beginClock, createFastClock } from './clock.ts'
import type { FastClock } from './clock.ts'
import { findFreePort } from './find-free-port.ts'
import { openHost } from './host.ts'
import type { Host } from './host.ts'
import { openRecords } from './open-engine.ts'
import { startServer } from './server-process.ts'
import type { ServerProcess } from './server-process.ts'
import type { EngineSetting, Outages } from './server-setting.ts'

export interface Stage {
  readonly clock: FastClock
  readonly host: Host
  readonly servers: readonly ServerProcess[]
  /** What the servers keep, as the driver sees it. */
  readonly store: ImagesStore
  readonly bytes: ByteStore
  /** Lets all processes run so many times faster than real time. */
  readonly setRate: (rate: number) => void
  readonly close: () => Promise<void>
}

export interface StageOptions {
  readonly seed: number
  readonly rate: number
  readonly engine: EngineSetting
  readonly servers: number
  readonly outages: Outages
}

const SECRET = 'webhook-secret-of-the-run'

/** Opens it in a folder of its own, which goes when it is closed. */
export async function openStage(options: StageOptions): Promise<Stage> {
  const { seed, rate, engine, outages } = options
  const folder = mkdtempSync(join(tmpdir(), 'lightfast-chaos-'))
  const setting = beginClock(rate)
  const clock = createFastClock(setting)
  const ports = await findPorts(options.servers)
  const url = `http://127.0.0.1:${ports[0]}/api/images/webhooks/cloudflare`
  const host = await openHost({ clock, seed, webhook: { url, secret: SECRET } })
  const common = {
    folder,
    hostUrl: host.url,
    webhookSecret: SECRET,
    clock: setting,
    engine,
    outages,
  }
  const servers: ServerProcess[] = []
  // One after the other: the first one makes the tables and the session key.
  for (const port of ports) servers.push(await startServer({ ...common, port }))
  const { store, close } = await openRecords(common, clock)
  const bytes = await openFolderByteStore({ path: join(folder, 'bytes'), now: clock.now })
  return {
    clock,
    host,
    servers,
    store,
    bytes,
    setRate(next) {
      const planned = clock.plan(next)
      for (const server of servers) server.setClock(planned)
      clock.set(planned)
    },
    async close() {
      await Promise.all(servers.map((server) => server.stop()))
      await host.close()
      await close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function findPorts(count: number): Promise<readonly number[]> {
  return Promise.all(Array.from({ length: count }, findFreePort))
}
