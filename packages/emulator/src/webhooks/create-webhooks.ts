/** Notifications of direct uploads: https://developers.cloudflare.com/images/storage/upload-images/direct-creator-upload/ */
import { findFault } from '../faults.ts'
import { sendWebhook } from './send-webhook.ts'
import { testPayload, toPayload } from './to-payload.ts'
import { createWebhookLog } from './webhook-log.ts'
import type { FaultBoard } from '../fault-switches.ts'
import type { Fault } from '../faults.ts'
import type { EmulatorConfig } from '../options.ts'
import type { Notification } from './send-webhook.ts'
import type { WebhookEvent } from './webhook-event.ts'
import type { LoggedWebhook } from './webhook-log.ts'

/** The sender's side that people use. */
export interface WebhookSwitches {
  /** Lists the newest 100 tries, oldest first. */
  readonly list: () => readonly LoggedWebhook[]
  /** Sends the test message of the dashboard; resolves when it was handed over or given up. */
  readonly sendTest: () => Promise<void>
  /** Resolves when nothing is on its way any more; a notification that is held back is not on its way. */
  readonly idle: () => Promise<void>
}

/** The emulator's own side of the sender. */
export interface Webhooks extends WebhookSwitches {
  /** Sends in the background, after a wait if there is one; never throws and never makes anybody wait. */
  readonly notify: (event: WebhookEvent, afterMs?: number) => void
  /** Forgets the log and everything that is on its way or held back. */
  readonly reset: () => void
}

/** Creates the sender of all notifications. */
export function createWebhooks(config: EmulatorConfig, faults: FaultBoard): Webhooks {
  const log = createWebhookLog()
  const underway = new Set<Promise<void>>()
  let held: readonly (() => void)[] = []
  let leaving: AbortController | undefined

  /** Made when it is first needed: Workers allow no controller before the first request. */
  function untilReset(): AbortSignal {
    leaving ??= new AbortController()
    return leaving.signal
  }

  function run(work: Promise<void>): Promise<void> {
    // What is cut off by a reset is nobody's failure.
    const done: Promise<void> = work.catch(() => {}).finally(() => underway.delete(done))
    underway.add(done)
    return done
  }

  const send = (notification: Notification): Promise<void> =>
    run(sendWebhook(notification, { config, log, signal: untilReset() }))

  function dispatch(notification: Notification): void {
    const acting = faults.take('webhook', (id) => id === notification.imageId)
    const hindered = { ...notification, acting }
    if (findFault(acting, 'reorder')) {
      held = [...held, () => void send(hindered)]
      return
    }
    const before = held
    held = []
    void send(hindered)
    for (const release of before) release()
  }

  async function notifyLater(event: WebhookEvent, afterMs: number): Promise<void> {
    if (afterMs > 0) await config.sleep(afterMs, untilReset())
    dispatch(toNotification(event, config))
  }

  return {
    list: log.list,
    sendTest: () => send(toTest(config)),
    async idle() {
      while (underway.size > 0) await Promise.all(underway)
    },
    notify(event, afterMs = 0) {
      if (config.webhook && afterMs !== Infinity) void run(notifyLater(event, afterMs))
    },
    reset() {
      leaving?.abort(new Error('The emulator was reset'))
      leaving = undefined
      held = []
      log.clear()
    },
  }
}

const nothing: readonly Fault[] = []

function toNotification(event: WebhookEvent, config: EmulatorConfig): Notification {
  const correlationId = config.randomId()
  const payload = toPayload(event, correlationId, config)
  const { imageId, outcome: about } = event
  return { about, imageId, correlationId, payload, acting: nothing }
}

const toTest = (config: EmulatorConfig): Notification => ({
  about: 'test',
  correlationId: config.randomId(),
  payload: testPayload,
  acting: nothing,
})
