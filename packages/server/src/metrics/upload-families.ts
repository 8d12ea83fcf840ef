import type { Events } from '../events.ts'
import type { UploadsEvent } from '../uploads/upload-events.ts'
import { createCounter } from './counter.ts'
import type { FamilySource } from './family-source.ts'

/** Counts what uploads tell. The kinds are those that the app has set up. */
export function createUploadFamilies({ on }: Events<UploadsEvent>): FamilySource {
  const moves = createCounter('lightfast_images_moved_total', 'Records that changed their state.')
  const ways = createCounter('lightfast_ways_opened_total', 'Times a browser got a way to send.')
  const swept = createCounter(
    'lightfast_images_swept_total',
    'Images that were nobody’s, and were deleted.',
  )
  const webhooks = createCounter('lightfast_webhooks_total', 'Notifications of Cloudflare.')
  const endings = [
    on('image-moved', ({ kind, from, to, rung, code }) =>
      moves.add({ kind, from: from ?? '', to, rung: rung ?? '', code: code ?? '' }),
    ),
    on('way-opened', ({ rung }) => ways.add({ rung })),
    on('image-swept', ({ because }) => swept.add({ because })),
    on('webhook-received', ({ outcome }) => webhooks.add({ outcome })),
  ]
  return {
    toFamilies: async () => [moves, ways, swept, webhooks].map((counter) => counter.toFamily()),
    close: () => endings.forEach((end) => end()),
  }
}
