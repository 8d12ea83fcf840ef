import { describe, expect, test } from 'vitest'
import * as casl from './casl.ts'
import * as emulator from './emulator.ts'
import * as ourClient from './our-client.ts'
import * as ourJobs from './our-jobs.ts'
import * as ourPolicy from './our-policy.ts'
import * as ourUploads from './our-uploads.ts'

const peers = { casl, emulator, ourClient, ourPolicy, ourUploads }
const timed = Object.entries(peers).flatMap(([peer, { cases }]) =>
  Object.entries(cases).map(([name, one]) => ({ peer, name, one })),
)

describe('what is timed does what it should, or would look fast', () => {
  test.each(timed)('$peer: $name', async ({ name, one }) => {
    const { call, prepareCalls, end } = await one.prepare(0)
    await prepareCalls?.(2)
    await call()
    await call()
    if (/confirm/i.test(name))
      await expect(async () => call()).rejects.toThrow('more calls than were set up')
    await end?.()
  })

  test.each([
    ['memory', ourJobs.cases.memory],
    ['sqlite', ourJobs.cases.sqlite],
  ])('jobs: %s', async (_, one) => {
    const { call, end } = await one.prepare(0)
    await call()
    await end?.()
  })
})

test('a case that needs a server says so', async () => {
  await expect(ourJobs.cases.postgres.prepare(0)).rejects.toThrow('BENCH_POSTGRES_URL')
})
