import { createFailure, ImagesError } from '@lightfast/core'
import type { Failure, Image, StartUpload } from '@lightfast/core'
import type { Content, UploadTask } from './upload-task.ts'
import type { TransferResult } from './upload-transport.ts'

/** What the wire contract allows. */
const MAX_FILENAME_LENGTH = 255

/** The work of `preparing`: asks for a slot, after a pause if it is not the first attempt. Throws when there is none. */
export async function prepare(task: UploadTask, attempt: number): Promise<void> {
  const { job, tools, send, signal } = task
  if (job.content === null) return
  if (attempt > 1) await tools.sleep(toPauseMs(attempt, tools.random), signal)
  const { image, directUpload } = await tools.client.start(toRequest(task, job.content), signal)
  job.imageId = image.id
  job.slot = directUpload
  if (directUpload === null) return goOnWithout(task, image)
  send({ type: 'provisioned', totalBytes: job.content.bytes.size })
}

/** The work of `uploading`: moves the bytes. When that fails, our server is asked whether they arrived all the same. */
export async function transfer(task: UploadTask): Promise<void> {
  const { job, tools, send, signal } = task
  const { content, slot } = job
  if (content === null || slot === null) return
  job.setOut = true
  const startedAt = tools.now()
  const result = await tools.transport.upload(content.bytes, {
    url: slot.url,
    filename: toFilename(job.name),
    signal,
    onProgress: (loadedBytes) =>
      send({ type: 'progressed', loadedBytes, startedAt, now: tools.now() }),
  })
  if (result.status === 'arrived') return send({ type: 'transferred' })
  goOnAfter(task, result.failure, await report(task, result))
}

const PAUSE_MS = 1000

/** Doubles with every attempt; the random half keeps a crowd from coming back at once. */
function toPauseMs(attempt: number, random: () => number): number {
  const longest = PAUSE_MS * 2 ** (attempt - 1)
  return longest / 2 + (random() * longest) / 2
}

function toRequest({ job, tools }: UploadTask, { bytes, facts }: Content): StartUpload {
  return {
    uploadId: job.id,
    kind: tools.kind,
    filename: toFilename(job.name),
    contentType: facts.type,
    sizeBytes: bytes.size,
    width: facts.width,
    height: facts.height,
  }
}

function toFilename(name: string): string {
  return name.slice(0, MAX_FILENAME_LENGTH) || 'image'
}

/** No bytes are wanted any more: they have arrived, by a reply that was lost, or were refused. */
function goOnWithout({ send }: UploadTask, image: Image): void {
  if (image.state === 'ready') return send({ type: 'confirmed', image })
  if (image.state === 'delivered') return send({ type: 'transferred' })
  if (image.state === 'rejected') return send({ type: 'refused', failure: toRefusal(image) })
  throw new ImagesError('server_failed', `No slot for an image that is ${image.state}.`)
}

function goOnAfter({ send, tools }: UploadTask, failure: Failure, image: Image | null): void {
  if (image?.state === 'ready' || image?.state === 'delivered') return send({ type: 'transferred' })
  if (image?.state === 'rejected') return send({ type: 'refused', failure: toRefusal(image) })
  send({ type: 'failed', failure, now: tools.now() })
}

/** The failure that a rejected image carries. */
export function toRefusal(image: Image): Failure {
  return image.failure ?? createFailure('file_refused_by_host', 'Cloudflare refused the file.')
}

/** Null when the report does not get through either; then the transfer's own failure counts. */
async function report(
  { job, tools, signal }: UploadTask,
  { failure, cloudflareCode }: Extract<TransferResult, { status: 'failed' }>,
): Promise<Image | null> {
  if (job.imageId === null || job.slot === null) return null
  const body = { attemptId: job.slot.attemptId, code: failure.code, cloudflareCode }
  try {
    return (await tools.client.reportFailure(job.imageId, body, signal)).image
  } catch {
    return null
  }
}
