import { createFailure } from '@lightfast/core'
import type { Image } from '@lightfast/core'
import { toRefusal } from './transfer-work.ts'
import type { UploadTask } from './upload-task.ts'

/** The pauses between the looks; the last one repeats. */
const FIRST_PAUSES_MS = [1000, 2000, 3000, 5000, 8000]
const SLOW_PAUSES_MS = [15_000]

/** After so long a person is told that it takes longer, and that the bytes are safe. */
const PATIENCE_MS = 30_000

/** The work of `processing`: says that the bytes have arrived, then looks until Cloudflare's word is there or late. */
export async function confirm(task: UploadTask): Promise<void> {
  const { tools, send, signal } = task
  const late = tools.sleep(PATIENCE_MS, signal).then(() => send({ type: 'delayed' }))
  await Promise.all([late, poll(task, [0, ...FIRST_PAUSES_MS])])
}

/** The work of `still-checking`: goes on looking, slowly, for as long as the page is open. */
export async function keepAsking(task: UploadTask): Promise<void> {
  await poll(task, SLOW_PAUSES_MS)
}

async function poll(task: UploadTask, pausesMs: readonly number[]): Promise<void> {
  const { tools, signal } = task
  const ask = createAsk(task)
  for (let look = 0; ; look += 1) {
    const pauseMs = pausesMs[look] ?? pausesMs.at(-1) ?? 0
    if (pauseMs > 0) await tools.sleep(pauseMs, signal)
    if (judge(task, await ask()) === 'known') return
  }
}

type Ask = () => Promise<Image | null>

/**
 * A question that does not get through is never a failure: the bytes are there. The first one tells
 * the server of their arrival, which makes it look at Cloudflare at once, until it has heard that.
 */
function createAsk({ job, tools, signal }: UploadTask): Ask {
  let heard = job.slot === null

  return async function ask() {
    const { imageId, slot } = job
    if (imageId === null) return null
    try {
      const { image } =
        heard || slot === null
          ? await tools.client.status(imageId, signal)
          : await tools.client.complete(imageId, { attemptId: slot.attemptId }, signal)
      heard = true
      return image
    } catch {
      return null
    }
  }
}

/** `unknown` means: look again. */
function judge({ job, tools, send }: UploadTask, image: Image | null): 'known' | 'unknown' {
  if (image === null || image.state === 'delivered' || image.state === 'pending') return 'unknown'
  if (image.state === 'ready') send({ type: 'confirmed', image })
  else if (image.state === 'rejected') send({ type: 'refused', failure: toRefusal(image) })
  else {
    const message = `The bytes did not arrive: the image is ${image.state}.`
    const failure = image.failure ?? createFailure('slot_expired', message)
    const draft = job.content?.draft ?? 'unavailable'
    send({ type: 'lost', failure, draft, now: tools.now() })
  }
  return 'known'
}
