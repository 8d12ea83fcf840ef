/** Starts what the tests of the project `services` talk to, once for all of them. */
import type { TestProject } from 'vitest/node'
import { startS3 } from './s3-service.ts'
import { startPostgres, startRedis } from './services.ts'

declare module 'vitest' {
  interface ProvidedContext {
    redisUrl: string
    postgresUrl: string
    s3Url: string
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const services = await Promise.all([startRedis(), startPostgres(), startS3()])
  const [redis, postgres, s3] = services
  project.provide('redisUrl', redis.url)
  project.provide('postgresUrl', postgres.url)
  project.provide('s3Url', s3.url)
  return async () => {
    await Promise.all(services.map(({ stop }) => stop()))
  }
}
