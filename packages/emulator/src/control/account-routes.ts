import { Hono } from 'hono'
import * as v from 'valibot'
import { InvalidRequestError, readShape } from './read-body.ts'
import type { Emulation, EmulatorEnv } from '../emulation.ts'

/** Creates the routes that show the account, without secrets, and show and set its clock. */
export function createAccountRoutes(emulation: Emulation): Hono<EmulatorEnv> {
  const { clock } = emulation
  const app = new Hono<EmulatorEnv>()
  app.get('/account', (c) => c.json(toShownAccount(emulation)))
  app.get('/clock', (c) => c.json(toShownClock(emulation)))
  app.post('/clock/jump', async (c) => {
    const { ms } = await readShape(c.req.raw, jumpSchema)
    if (Math.abs(clock.now() + ms) > LAST_DATE) {
      throw new InvalidRequestError('ms', 'The clock would be beyond all dates')
    }
    clock.jump(ms)
    return c.json(toShownClock(emulation))
  })
  app.post('/clock/reset', (c) => {
    clock.reset()
    return c.json(toShownClock(emulation))
  })
  return app
}

/** A year before the last date there is: https://tc39.es/ecma262/#sec-time-values-and-time-range */
const LAST_DATE = 8.64e15 - 365 * 24 * 3_600_000

const jumpSchema = v.strictObject({ ms: v.pipe(v.number(), v.integer()) })

const toShownClock = ({ clock }: Emulation): { now: number; offsetMs: number } => ({
  now: clock.now(),
  offsetMs: clock.offset(),
})

/** Of keys and tokens no more than their names. */
function toShownAccount({ config, account }: Emulation): Readonly<Record<string, unknown>> {
  const { variants, signingKeys, flexibleVariants, browserTtlSeconds } = account.state()
  const { accountId, accountHash, origins, webhook, seed, pixels } = config
  return {
    accountId,
    accountHash,
    origins,
    variants,
    keys: signingKeys.map(({ name }) => name),
    config: { flexibleVariants, browserTtlSeconds },
    webhookUrl: webhook?.url ?? null,
    seed: seed ?? null,
    hasPixels: pixels !== undefined,
  }
}
