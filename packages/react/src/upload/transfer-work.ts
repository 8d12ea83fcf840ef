import type { Failure, FailureCode, Image, UploadWay } from '@lightfast/core'
import { waitForOther } from './blocked.ts'
import { hear, toImage } from './hear.ts'
import { toFilename } from './prepare-work.ts'
import { toFailed } from './to-failed.ts'
import type { UploadTask } from './upload-task.ts'
import type { TransferResult, TransferTarget } from './upload-transport.ts'

/** The work of `uploading`: moves the bytes to Cloudflare. When that fails, our server is asked whether they arrived all the same. */
export async function transfer(task: UploadTask): Promise<void> {
  const result = await move(task)
  if (result === null) return
  if (result.status === 'arrived') return task.send({ type: 'transferred' })
  goOnAfter(task, result.failure, await report(task, result))
}

/** The work of `relaying`: moves the bytes to our server, which sees for itself when that fails. */
export async function relay(task: UploadTask): Promise<void> {
  const result = await move(task)
  if (result === null) return
  if (result.status === 'arrived') return arrive(task, result.image)
  const { failure } = result
  if ((await waitForOther(task, failure)) === 'ask-again') return task.send({ type: 'blocked' })
  const image = ambiguous.includes(failure.code) ? await look(task) : null
  goOnAfter(task, { ...failure, stage: 'transfer' }, image)
}

async function move({ job, tools, send, signal }: UploadTask): Promise<TransferResult | null> {
  const { content, way, imageId } = job
  if (content === null || way === null || imageId === null) return null
  job.setOut = true
  const startedAt = tools.now()
  return tools.transport.upload(content.bytes, {
    target: toTarget(way, tools.client.toBytesUrl(imageId, way.attemptId)),
    filename: toFilename(job.name),
    signal,
    onProgress: (loadedBytes) =>
      send({ type: 'progressed', loadedBytes, startedAt, now: tools.now() }),
  })
}

function toTarget(way: UploadWay, bytesUrl: string): TransferTarget {
  return way.rung === 'direct' ? { to: 'host', url: way.url } : { to: 'server', url: bytesUrl }
}

/** Null when the report does not get through either; then the transfer's own failure counts. */
async function report(
  { job, tools, signal }: UploadTask,
  { failure, cloudflareCode }: Extract<TransferResult, { status: 'failed' }>,
): Promise<Image | null> {
  if (job.imageId === null || job.way === null) return null
  const body = { attemptId: job.way.attemptId, code: failure.code, cloudflareCode }
  return toImage(tools.client.reportFailure(job.imageId, body, signal))
}

function arrive(task: UploadTask, image: Image | null): void {
  if (hear(task, image) === 'unknown') task.send({ type: 'transferred' })
}

/** After these our server may have the bytes although its reply was lost, or was a proxy's. */
const ambiguous: readonly FailureCode[] = [
  'transfer_interrupted',
  'transfer_timed_out',
  'server_unreachable',
  'server_failed',
]

async function look({ job, tools, signal }: UploadTask): Promise<Image | null> {
  return job.imageId === null ? null : toImage(tools.client.status(job.imageId, signal))
}

function goOnAfter(task: UploadTask, failure: Failure, image: Image | null): void {
  task.job.blockedSince = null
  if (hear(task, image) === 'heard') return
  task.send(toFailed(task.tools, failure))
}
