import type { EmulatorConfig } from '../options.ts'
import type { WebhookEvent } from './webhook-event.ts'

/** A notification as every generic webhook gets it: https://developers.cloudflare.com/notifications/reference/webhook-payload-schema/ */
export interface WebhookPayload {
  readonly name: string
  readonly text: string
  /** Not documented for Images: made by the setting `webhookData`. */
  readonly data: Readonly<Record<string, unknown>>
  /** Seconds since the epoch. */
  readonly ts: number
  readonly account_id: string
  readonly policy_id: string
  readonly policy_name: string
  readonly alert_type: 'image_notification'
  readonly alert_correlation_id: string
  readonly alert_event: string
}

/** What `Save and Test` of the dashboard sends; it has no `data`. */
export const testPayload: { readonly text: string } = {
  text: 'Hello World! This is a test message sent from https://cloudflare.com. If you can see this, your webhook is configured properly.',
}

/** Words an event as a notification; `alert_event` is documented by example only, so the value is assumed. */
export function toPayload(
  event: WebhookEvent,
  correlationId: string,
  { accountId, settings }: EmulatorConfig,
): WebhookPayload {
  return {
    name: POLICY_NAME,
    text: `The direct upload of ${event.imageId} ${event.outcome}`,
    data: settings.webhookData(event),
    ts: Math.floor(event.at / 1000),
    account_id: accountId,
    policy_id: 'f174e90afafe4643bbbc4a0ed4fc8415',
    policy_name: POLICY_NAME,
    alert_type: 'image_notification',
    alert_correlation_id: correlationId,
    alert_event: 'ALERT_STATE_EVENT_START',
  }
}

const POLICY_NAME = 'Images of the emulator'
