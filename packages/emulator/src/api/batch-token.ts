/** Tokens of the batch API: https://developers.cloudflare.com/images/storage/upload-images/images-batch/ */
import { Hono } from 'hono'
import { faultLayer } from '../apply-fault.ts'
import { refused } from '../codes.ts'
import { fail, succeed } from '../envelope.ts'
import { findCaller } from './auth.ts'
import type { Emulation, EmulatorEnv } from '../emulation.ts'
import type { BatchTokens } from '../batch/batch-tokens.ts'

/** Creates the route that issues a token; it may do what its caller may, so a reader gets no writer's. Assumed. */
export function createBatchTokenRoutes(
  emulation: Emulation,
  tokens: BatchTokens,
): Hono<EmulatorEnv> {
  const { config } = emulation
  const app = new Hono<EmulatorEnv>()
  app.get('/v1/batch_token', faultLayer(emulation, 'batch-token', fail), (c) => {
    const caller = findCaller(c.req.raw.headers, config)
    if (!caller) throw refused(10000, config.settings)
    return succeed(tokens.issue(caller))
  })
  return app
}
