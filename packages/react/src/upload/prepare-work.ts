import { failures, ImagesError } from '@lightfast/core'
import type { Failure, StartedUpload, StartUpload } from '@lightfast/core'
import { toFailure } from '../client.ts'
import { waitForOther } from './blocked.ts'
import { hear } from './hear.ts'
import { rememberHandOver } from './keep-draft.ts'
import type { Content, UploadTask } from './upload-task.ts'

/**
 * The work of `preparing`: asks which way the bytes are to take, after a pause if it is not the first
 * attempt. Throws when there is none. Nothing is asked before it is sure that no other tab is at it.
 */
export async function prepare(task: UploadTask, attempt: number): Promise<void> {
  const { job, tools, send, signal } = task
  const { content } = job
  if (content === null || (await job.held) === null) return
  if (attempt > 1) await tools.sleep(toPauseMs(attempt, tools.random), signal)
  const started = await ask(task, content)
  if (started === null) return send({ type: 'transferred' })
  const { image, way } = started
  job.imageId = image.id
  job.way = way
  if (way === null) return goOnWithout(task, started)
  rememberHandOver(task, false)
  const to = way.rung === 'direct' ? 'host' : 'server'
  send({ type: 'provisioned', to, totalBytes: content.bytes.size })
}

const PAUSE_MS = 1000

/** Doubles with every attempt; the random half keeps a crowd from coming back at once. */
function toPauseMs(attempt: number, random: () => number): number {
  const longest = PAUSE_MS * 2 ** (attempt - 1)
  return longest / 2 + (random() * longest) / 2
}

/** Null where nobody answers, and where nothing depends on it: the bytes have been handed over. */
async function ask(task: UploadTask, content: Content): Promise<StartedUpload | null> {
  const { job, tools, signal } = task
  for (;;) {
    try {
      return await tools.client.start(toRequest(task, content), signal)
    } catch (error) {
      signal.throwIfAborted()
      const failure = toFailure(error)
      if (job.handedOver && isOfServers(failure)) return null
      if ((await waitForOther(task, failure)) === 'over') throw error
    }
  }
}

function isOfServers({ code }: Failure): boolean {
  const { reason } = failures[code]
  return reason === 'server' || reason === 'image-host'
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

/** What the wire contract allows. */
const MAX_FILENAME_LENGTH = 255

/** The name that is sent; a person reads the whole. */
export function toFilename(name: string): string {
  return name.slice(0, MAX_FILENAME_LENGTH) || 'image'
}

/** No bytes are wanted any more: they have arrived, by a reply that was lost, or were refused. */
function goOnWithout(task: UploadTask, { image }: StartedUpload): void {
  if (hear(task, image) === 'heard' || task.signal.aborted) return
  throw new ImagesError('server_failed', `There is no way for an image that is ${image.state}.`)
}
