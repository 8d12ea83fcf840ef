import { findFault } from '../faults.ts'
import type { Fault } from '../faults.ts'
import type { EmulatorConfig } from '../options.ts'
import type { WebhookOptions } from './webhook-options.ts'
import type { LoggedWebhook, WebhookLog } from './webhook-log.ts'

/** A message and what goes wrong with it. */
export interface Notification extends Pick<LoggedWebhook, 'about' | 'imageId' | 'correlationId'> {
  readonly payload: object
  readonly acting: readonly Fault[]
}

/** What sending needs. */
export interface Sending {
  readonly config: EmulatorConfig
  readonly log: WebhookLog
  readonly signal: AbortSignal
}

/** Hands a message over, with its duplicates; resolves when the receiver took it or it was given up. */
export async function sendWebhook(notification: Notification, sending: Sending): Promise<void> {
  const { acting } = notification
  const { config, signal } = sending
  for (const fault of acting) {
    if (fault.effect === 'delay') await config.sleep(fault.ms, signal)
  }
  if (findFault(acting, 'lose')) return write(notification, sending, { attempt: 1, status: 0 })
  const copies = findFault(acting, 'duplicate')?.copies ?? 0
  for (let sent = 0; sent <= copies; sent += 1) await sendOnce(notification, sending)
}

async function sendOnce(notification: Notification, sending: Sending): Promise<void> {
  const { webhook, sleep } = sending.config
  if (!webhook) return
  const waits = [0, ...(webhook.retryDelaysMs ?? [])]
  for (const [index, ms] of waits.entries()) {
    if (ms > 0) await sleep(ms, sending.signal)
    const status = await post(webhook, notification.payload, sending)
    sending.signal.throwIfAborted()
    write(notification, sending, { attempt: index + 1, status })
    if (status >= 200 && status < 300) return
  }
}

/** Resolves to the receiver's status, or 0 if there was no reply. */
async function post(
  { url, secret }: WebhookOptions,
  payload: object,
  { config, signal }: Sending,
): Promise<number> {
  const headers = new Headers({ 'Content-Type': 'application/json' })
  // https://developers.cloudflare.com/notifications/get-started/configure-webhooks/
  if (secret !== undefined) headers.set('cf-webhook-auth', secret)
  try {
    const body = JSON.stringify(payload)
    const request = new Request(url, { method: 'POST', headers, body, signal })
    const reply = await config.fetch(request)
    await reply.body?.cancel()
    return reply.status
  } catch {
    return 0
  }
}

function write(
  { about, imageId, correlationId, acting }: Notification,
  { config, log }: Sending,
  outcome: Pick<LoggedWebhook, 'attempt' | 'status'>,
): void {
  const fault = acting.map(({ effect }) => effect).join(', ')
  const image = imageId === undefined ? {} : { imageId }
  log.add({ at: config.now(), about, ...image, correlationId, ...outcome, ...(fault && { fault }) })
}
