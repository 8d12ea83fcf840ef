import { ImagesError } from '@lightfast/core'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { timingSafeEqual } from 'hono/utils/buffer'
import type { Uploads } from '../uploads/create-uploads.ts'

const MAX_BYTES = 65_536

/**
 * Makes the door for notifications of Cloudflare, which prove themselves by a secret in a header, as it is. Several secrets are taken at once
 * while one replaces another. Without any the door stays shut.
 * @see https://developers.cloudflare.com/notifications/get-started/configure-webhooks/
 */
export function createWebhookRoute(uploads: Uploads, secrets: readonly string[]): Hono {
  const app = new Hono()
  const limit = bodyLimit({ maxSize: MAX_BYTES, onError: refuseBody })
  app.post('/webhooks/cloudflare', limit, async (c) => {
    await checkSecret(c.req.header('cf-webhook-auth'), secrets)
    const body: unknown = await c.req.json().catch(() => undefined)
    return c.json({ status: await uploads.hearWebhook(body) })
  })
  return app
}

/** Each secret is compared, whatever the first ones say, and as a digest: time tells nothing of them. */
async function checkSecret(given: string | undefined, secrets: readonly string[]): Promise<void> {
  const matches = await Promise.all(
    secrets.map(async (secret) => secret !== '' && (await timingSafeEqual(secret, given ?? ''))),
  )
  if (given !== undefined && matches.includes(true)) return
  throw new ImagesError('unauthenticated', 'The secret of this notification is not ours.')
}

function refuseBody(): never {
  throw new ImagesError('request_too_large', 'The notification is larger than any that we know of.')
}
