/** Starts what the tests of the project `services` talk to, once for all of them. */
import type { TestProject } from 'vitest/node'
import { startRedis } from './services.ts'

declare module 'vitest' {
  interface ProvidedContext {
    redisUrl: string
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const redis = await startRedis()
  project.provide('redisUrl', redis.url)
  return redis.stop
}
