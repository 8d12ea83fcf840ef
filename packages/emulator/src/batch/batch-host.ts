/** The batch API: https://developers.cloudflare.com/images/storage/upload-images/images-batch/ */
import { Hono } from 'hono'
import { answerError } from '../answer-error.ts'
import { admit, readBearer } from '../api/auth.ts'
import { createDirectUploadRoutes } from '../api/direct-upload.ts'
import { createImageRoutes } from '../api/images.ts'
import { createListRoutes } from '../api/list.ts'
import { fail } from '../envelope.ts'
import { limitRate } from '../limits/rate-limit.ts'
import { notEmulated } from '../refusal.ts'
import type { Caller } from '../api/auth.ts'
import type { Emulation, EmulatorEnv } from '../emulation.ts'
import type { BatchTokens } from './batch-tokens.ts'

/** Documented: per second and token, and apart from the limit of the API. */
const quota = { requests: 200, windowMs: 1000 }

/** Creates the host that takes uploads, changes and lists of whoever holds a batch token. */
export function createBatchHost(emulation: Emulation, tokens: BatchTokens): Hono<EmulatorEnv> {
  const { config } = emulation
  const app = new Hono<EmulatorEnv>()
  app.onError(answerError(fail))
  if (config.rateLimit !== 'off') {
    const nameCaller = (headers: Headers): string => findHolder(headers, tokens)?.name ?? ''
    const { now, settings } = config
    app.use('*', limitRate({ quota, now, nameCaller, refusal: settings.rateLimited }))
  }
  app.use('*', async (c, next) => {
    admit(findHolder(c.req.raw.headers, tokens), c.req.method, config)
    return next()
  })
  app.route('/images', createRoutes(emulation))
  app.all('*', (c) => refuse(c.req.raw))
  return app
}

/** The words that are endpoints of the API are no images here either. */
function createRoutes(emulation: Emulation): Hono<EmulatorEnv> {
  const app = new Hono<EmulatorEnv>()
  for (const word of apart) app.all(`/v1/${word}`, (c) => refuse(c.req.raw))
  app.route('/', createDirectUploadRoutes(emulation))
  app.route('/', createListRoutes(emulation))
  app.route('/', createImageRoutes(emulation))
  return app
}

const apart = ['stats', 'config', 'batch_token', 'keys', 'variants', 'direct_upload']

function refuse({ method, url }: Request): never {
  throw notEmulated(`${method} ${new URL(url).pathname} of the batch API`)
}

function findHolder(headers: Headers, tokens: BatchTokens): Caller | undefined {
  const token = readBearer(headers)
  return token === undefined ? undefined : tokens.find(token)
}
