/** One-time upload URLs: https://developers.cloudflare.com/images/storage/upload-images/direct-creator-upload/ */
import { Hono } from 'hono'
import { faultLayer } from '../apply-fault.ts'
import { refused } from '../codes.ts'
import { fail, succeed } from '../envelope.ts'
import { readFields } from '../form.ts'
import { parseImageFields, parseText } from '../image-fields.ts'
import { putNew } from './put-new.ts'
import type { Emulation, EmulatorEnv } from '../emulation.ts'
import type { Fields } from '../form.ts'
import type { EmulatorConfig } from '../options.ts'

const MINUTE_MS = 60_000
const DEFAULT_EXPIRY_MS = 30 * MINUTE_MS
const MIN_EXPIRY_MS = 2 * MINUTE_MS
const MAX_EXPIRY_MS = 6 * 60 * MINUTE_MS
const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/i

/** Creates the route that hands out a one-time upload URL. */
export function createDirectUploadRoutes(emulation: Emulation): Hono<EmulatorEnv> {
  const app = new Hono<EmulatorEnv>()
  app.post('/v2/direct_upload', faultLayer(emulation, 'direct-upload', fail), async (c) =>
    succeed(await createDraft(c.req.raw, emulation)),
  )
  return app
}

async function createDraft(
  request: Request,
  emulation: Emulation,
): Promise<{ readonly id: string; readonly uploadURL: string }> {
  const { config } = emulation
  const fields = await readFields(request, config.settings)
  const facts = await parseImageFields(fields, ['expiry'], emulation)
  await putNew({ facts, status: 'draft', expiresAt: parseExpiry(fields, config) }, emulation)
  const path = `${config.accountHash}/${encodeURIComponent(facts.id)}`
  return { id: facts.id, uploadURL: `${config.origins.upload}/${path}` }
}

function parseExpiry(fields: Fields, { settings, now }: EmulatorConfig): number {
  const text = parseText('expiry', fields, settings)
  if (text === undefined) return now() + DEFAULT_EXPIRY_MS
  const expiresAt = rfc3339.test(text) ? Date.parse(text) : NaN
  if (Number.isNaN(expiresAt)) throw refused(5400, settings, 'expiry must be an RFC 3339 timestamp')
  const lifetime = expiresAt - now()
  if (lifetime < MIN_EXPIRY_MS || lifetime > MAX_EXPIRY_MS) {
    throw refused(5400, settings, 'expiry must be between 2 minutes and 6 hours from now')
  }
  return expiresAt
}
