import { Hono } from 'hono'
import { answerError } from '../answer-error.ts'
import { fail } from '../envelope.ts'
import { limitRate } from '../limits/rate-limit.ts'
import { notEmulated } from '../refusal.ts'
import { authenticate, findCaller } from './auth.ts'
import { createBatchTokenRoutes } from './batch-token.ts'
import { createBlobRoutes } from './blob.ts'
import { createConfigRoutes } from './config.ts'
import { createDirectUploadRoutes } from './direct-upload.ts'
import { createImageRoutes } from './images.ts'
import { createKeyRoutes } from './keys.ts'
import { createListByNumberRoutes } from './list-by-number.ts'
import { createListRoutes } from './list.ts'
import { createStatsRoutes } from './stats.ts'
import { refuseRest, refuseWords } from './unrouted.ts'
import { createVariantRoutes } from './variants.ts'
import type { BatchTokens } from '../batch/batch-tokens.ts'
import type { Emulation, EmulatorEnv } from '../emulation.ts'
import type { EmulatorConfig } from '../options.ts'

/** Creates the REST API of the account; an endpoint that is not here answers 501 naming itself. */
export function createControlPlane(emulation: Emulation, tokens: BatchTokens): Hono<EmulatorEnv> {
  const { config } = emulation
  const app = new Hono<EmulatorEnv>()
  app.onError(answerError(fail))
  limitCalls(app, config)
  app.use('/accounts/:accountId/images/*', authenticate(config))
  app.route('/accounts/:accountId/images', createImages(emulation, tokens))
  app.all('*', (c) => {
    throw notEmulated(`${c.req.method} ${new URL(c.req.url).pathname}`)
  })
  return app
}

/** Over the limit all calls are refused for another window. Documented per user; the emulator counts per token. */
function limitCalls(app: Hono<EmulatorEnv>, config: EmulatorConfig): void {
  if (config.rateLimit === 'off') return
  const { now, settings } = config
  const windowMs = config.rateLimit.windowSeconds * 1000
  const quota = { requests: config.rateLimit.requests, windowMs, blockMs: windowMs }
  const nameCaller = (headers: Headers): string => nameOf(headers, config)
  app.use('*', limitRate({ quota, now, nameCaller, refusal: settings.rateLimited }))
}

/** Callers nobody knows are counted as one. */
const nameOf = (headers: Headers, config: EmulatorConfig): string =>
  headers.has('X-Auth-Key') && config.apiKeys.length === 0
    ? ''
    : (findCaller(headers, config)?.name ?? '')

/** Words that stand where an image id could are matched first. */
function createImages(emulation: Emulation, tokens: BatchTokens): Hono<EmulatorEnv> {
  const app = new Hono<EmulatorEnv>()
  app.route('/', createKeyRoutes(emulation))
  app.route('/', createVariantRoutes(emulation))
  app.route('/', createStatsRoutes(emulation))
  app.route('/', createConfigRoutes(emulation))
  app.route('/', createBatchTokenRoutes(emulation, tokens))
  app.route('/', createDirectUploadRoutes(emulation))
  app.route('/', createListRoutes(emulation))
  app.route('/', createListByNumberRoutes(emulation))
  app.route('/', createBlobRoutes(emulation))
  app.route('/', refuseWords(emulation.config.settings))
  app.route('/', createImageRoutes(emulation))
  app.route('/', refuseRest(emulation.config.settings))
  return app
}
