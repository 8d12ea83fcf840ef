import { expect, test } from 'vitest'
import { MAX_SIDE_BY_SIDE, OPEN_PERIOD_MS } from '../src/measure-outage.ts'
import { runOutage } from '../src/run-outage.ts'

test('what was parked in an outage of an hour is sent by itself within one open period, and not all at once', async () => {
  const result = await runOutage({
    seed: 1,
    uploads: 500,
    rate: 25,
    engine: { name: 'sqlite' },
    servers: 1,
    onProgress: () => undefined,
  })
  expect(result).toMatchObject({ findings: [], uploads: 500, readyBefore: 0 })
  expect(result.resumedAfterMs).toBeLessThanOrEqual(OPEN_PERIOD_MS)
  expect(result.doneAfterMs).toBeLessThanOrEqual(2 * OPEN_PERIOD_MS)
  expect(result.sideBySide).toBeLessThanOrEqual(MAX_SIDE_BY_SIDE)
})
