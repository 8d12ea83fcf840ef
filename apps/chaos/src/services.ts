/** The services besides our servers that a run needs, and how they break. */
import { Redis } from 'ioredis'
import { startPostgres, startRedis } from '../../../tools/services.ts'
import type { EngineSetting } from './server-setting.ts'
import type { Breakage } from './trouble.ts'

export interface Services {
  readonly engine: EngineSetting
  /** How many servers share them. */
  readonly servers: number
  readonly breakages: readonly Breakage[]
  readonly stop: () => Promise<void>
}

/** Starts what an engine needs: nothing for SQLite. */
export async function startServices(name: EngineSetting['name']): Promise<Services> {
  if (name === 'sqlite') {
    return { engine: { name }, servers: 1, breakages: [], stop: () => Promise.resolve() }
  }
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()])
  return {
    engine: { name, postgresUrl: postgres.url, redisUrl: redis.url },
    servers: 2,
    breakages: [
      { name: 'restart of Postgres', breakIt: () => postgres.restart('fast') },
      { name: 'crash of Postgres', breakIt: () => postgres.restart('immediate') },
      { name: 'crash of Redis', breakIt: redis.restart },
      { name: 'flush of Redis', breakIt: () => flush(redis.url) },
    ],
    async stop() {
      await Promise.all([postgres.stop(), redis.stop()])
    },
  }
}

async function flush(url: string): Promise<void> {
  const redis = new Redis(url)
  redis.on('error', () => undefined)
  await redis.flushall().catch(() => undefined)
  redis.disconnect()
}
