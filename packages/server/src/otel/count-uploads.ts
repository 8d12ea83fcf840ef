import type { Counter, Meter } from '@opentelemetry/api'
import type { Events } from '../events.ts'
import type { UploadsEvent } from '../uploads/upload-events.ts'
import { toAttributes } from './to-attributes.ts'

/** Records what happens to images when it happens. What it returns ends that. */
export function countUploads({ on }: Events<UploadsEvent>, meter: Meter): () => void {
  const moves = count('lightfast.image.moved', '{move}', 'Records that changed their state.')
  const ways = count('lightfast.way.opened', '{way}', 'Times a browser got a way to send.')
  const swept = count('lightfast.image.swept', '{image}', 'Images deleted that were nobody’s.')
  const webhooks = count('lightfast.webhook.received', '{webhook}', 'Notifications of Cloudflare.')
  const endings = [
    on('image-moved', ({ kind, from, to, rung, code }) => {
      const known = { kind, ...(from && { from }), to, ...(rung && { rung }) }
      moves.add(1, toAttributes(known, code ?? undefined))
    }),
    on('way-opened', ({ rung }) => ways.add(1, toAttributes({ rung }))),
    on('image-swept', ({ because }) => swept.add(1, toAttributes({ because }))),
    on('webhook-received', ({ outcome }) => webhooks.add(1, toAttributes({ outcome }))),
  ]
  return () => endings.forEach((end) => end())

  function count(name: string, unit: string, description: string): Counter {
    return meter.createCounter(name, { unit, description })
  }
}
