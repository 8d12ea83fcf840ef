import { join } from 'node:path'
import { shareCircuits } from '@lightfast/server'
import type { ImagesStore, JobDispatcher, Sharing } from '@lightfast/server'
import { createBullDispatcher } from '@lightfast/server/bullmq'
import { openSqliteStore } from '@lightfast/server/node'
import { openPostgresStore } from '@lightfast/server/postgres'
import { createRedisBreakerStore } from '@lightfast/server/redis'
import { Redis } from 'ioredis'
import type { FastClock } from './clock.ts'
import type { ServerSetting } from './server-setting.ts'

export interface Engine {
  readonly store: ImagesStore
  readonly share?: Sharing
  readonly dispatcher?: JobDispatcher
  readonly close: () => Promise<void>
}

type EngineParts = Pick<ServerSetting, 'engine' | 'folder'>

/** Opens what a server keeps its records in, and what it shares with the others. */
export async function openEngine(parts: EngineParts, clock: FastClock): Promise<Engine> {
  const { close, store } = await openRecords(parts, clock)
  if (parts.engine.name === 'sqlite') return { store, close }
  const { redisUrl } = parts.engine
  const redis = new Redis(redisUrl, { enableOfflineQueue: false })
  redis.on('error', ignore)
  const bull = createBullDispatcher({ connection: { url: redisUrl }, onError: ignore })
  return {
    store,
    share: shareRedis(redis, clock),
    dispatcher: { ...bull, dispatch: (jobs) => bull.dispatch(jobs.map(toRealTime)) },
    async close() {
      redis.disconnect()
      await bull.close()
      await close()
    },
  }

  /** BullMQ goes by the real clock. */
  function toRealTime({ key, runAt }: { readonly key: string; readonly runAt: number }) {
    const waitMs = Math.max(0, runAt - clock.now())
    return { key, runAt: Date.now() + Math.ceil(clock.toRealMs(waitMs)) }
  }
}

/** The records alone, as the driver reads them. */
export async function openRecords(
  { engine, folder }: EngineParts,
  { now }: Pick<FastClock, 'now'>,
): Promise<Pick<Engine, 'store' | 'close'>> {
  const store =
    engine.name === 'sqlite'
      ? await openSqliteStore({ path: join(folder, 'lightfast.db'), now })
      : await openPostgresStore({ connectionString: engine.postgresUrl, now })
  return { store, close: store.close }
}

/** Redis answers in real time, which is long by the clock of the run. */
const REDIS_MS = 2000

function shareRedis(redis: Redis, { now }: FastClock): Sharing {
  const store = createRedisBreakerStore({
    send: ([name = '', ...args]) => redis.call(name, ...args),
    now,
  })
  return shareCircuits({ store, timeoutMs: REDIS_MS, refreshMs: REDIS_MS })
}

/** It connects again. */
function ignore(): void {}
