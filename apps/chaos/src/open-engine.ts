import { join } from 'node:path'
import type { ImagesStore, JobDispatcher, Sharing } from '@lightfast/server'
import { openSqliteStore } from '@lightfast/server/node'
import type { FastClock } from './clock.ts'
import type { ServerSetting } from './server-setting.ts'

export interface Engine {
  readonly store: ImagesStore
  readonly share?: Sharing
  readonly dispatcher?: JobDispatcher
  readonly close: () => Promise<void>
}

/** Opens what a server keeps its records in, and what it shares with the others. */
export async function openEngine(
  { engine, folder }: Pick<ServerSetting, 'engine' | 'folder'>,
  { now }: Pick<FastClock, 'now'>,
): Promise<Engine> {
  if (engine.name === 'sqlite') {
    const store = await openSqliteStore({ path: join(folder, 'lightfast.db'), now })
    return { store, close: store.close }
  }
  throw new TypeError('Not yet.')
}
