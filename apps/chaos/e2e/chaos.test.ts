import { afterAll, beforeAll, expect, test } from 'vitest'
import { toFigures } from '../src/figures.ts'
import type { Figures } from '../src/figures.ts'
import { runChaos } from '../src/run-chaos.ts'
import { startServices } from '../src/services.ts'
import type { Services } from '../src/services.ts'
import { tellFindings } from '../src/tell-story.ts'

let postgres: Services

beforeAll(async () => {
  postgres = await startServices('postgres')
})

afterAll(() => postgres.stop())

/** What goes wrong is told in full: by its seed, the same plan can be run again. */
async function run(services: Services, uploads: number, seed: number): Promise<Figures> {
  const options = { seed, uploads, rate: 40, perMinute: 120, trouble: 'on' } as const
  const result = await runChaos({ ...options, ...services, onProgress: () => undefined })
  if (result.findings.length > 0) {
    throw new Error(`The seed ${seed} found this.\n${tellFindings(result, 3)}`)
  }
  return toFigures(result)
}

const nothingWrong = { lost: 0, doubled: 0, unsettled: 0, findings: {} }

test('of 2,000 uploads on SQLite, through faults and kills, none is lost and none doubled', async () => {
  const figures = await run(await startServices('sqlite'), 2000, 1)
  expect(figures).toMatchObject({ uploads: 2000, ...nothingWrong })
  // A run in which nothing happened would prove nothing.
  expect(Object.keys(figures.rungs).toSorted()).toEqual(['direct', 'park', 'relay'])
  expect(figures.troubles['kill of server 1']).toBeGreaterThan(1)
  expect(figures.faults['lose-reply']).toBeGreaterThan(10)
  expect(figures.outcomes['done']).toBeGreaterThan(1000)
  expect(figures.outcomes['rejected']).toBeGreaterThan(200)
})

test('of 300 uploads on Postgres and Redis, which crash as well, none is lost and none doubled', async () => {
  const figures = await run(postgres, 300, 2)
  expect(figures).toMatchObject({ uploads: 300, ...nothingWrong })
  expect(figures.outcomes['done']).toBeGreaterThan(150)
  expect(Object.keys(figures.troubles)).toEqual(expect.arrayContaining(['kill of server 1']))
})
