import { createFailure } from '@lightfast/core'
import type { Image } from '@lightfast/core'
import { hear, toImage } from './hear.ts'
import { rememberHandOver } from './keep-draft.ts'
import { sleepUnlessWoken } from './sleep-unless-woken.ts'
import type { UploadTask } from './upload-task.ts'

/** The pauses between the looks; the last one repeats. */
const FIRST_PAUSES_MS = [1000, 2000, 3000, 5000, 8000]
const SLOW_PAUSES_MS = [15_000]
const PARKED_PAUSES_MS = [2000, 4000, 8000, 15_000, 30_000]

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

/** The work of `parked`: looks whether our server has sent the bytes on. That does not depend on this page. */
export async function followParked(task: UploadTask): Promise<void> {
  await poll(task, PARKED_PAUSES_MS)
}

/** Ends when the status is left, which is what every news leads to. */
async function poll(task: UploadTask, pausesMs: readonly number[]): Promise<void> {
  const ask = createAsk(task)
  for (let look = 0; !task.signal.aborted; look += 1) {
    const ms = pausesMs[look] ?? pausesMs.at(-1) ?? 0
    // Whoever comes back to the page wants to see how it is now.
    if (ms > 0) await sleepUnlessWoken(task, ms, task.tools.watchReturn)
    const image = await ask()
    if (image !== null && hear(task, image) === 'unknown') lose(task, image)
  }
}

type Ask = () => Promise<Image | null>

/**
 * A question that does not get through is never a failure: the bytes are there. The first one tells
 * the server of their arrival, which makes it look at Cloudflare at once, until it has heard that.
 */
function createAsk({ job, tools, signal }: UploadTask): Ask {
  // Only of what went to Cloudflare directly does our server not know.
  let heard = job.way?.rung !== 'direct'

  return async function ask() {
    const { imageId, way } = job
    if (imageId === null) return null
    if (heard || way === null) return toImage(tools.client.status(imageId, signal))
    const { attemptId } = way
    const image = await toImage(tools.client.complete(imageId, { attemptId }, signal))
    heard = image !== null
    return image
  }
}

/** Bytes that seemed to have arrived are not there. An image that is still pending may yet be ready. */
function lose(task: UploadTask, image: Image): void {
  const { job, tools, send, signal } = task
  if (image.state === 'pending' || signal.aborted) return
  const message = `The bytes did not arrive: the image is ${image.state}.`
  const failure = image.failure ?? createFailure('slot_expired', message)
  const draft = job.content?.draft ?? 'unavailable'
  rememberHandOver(task, false)
  send({ type: 'lost', failure, draft, now: tools.now() })
}
