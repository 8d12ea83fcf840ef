import { failures, ImagesError } from '@lightfast/core'
import type { Failure, StartedUpload, StartUpload } from '@lightfast/core'
import { toFailure } from '../call-server.ts'
import { waitForOther } from './blocked.ts'
import { hear } from './hear.ts'
import { rememberHandOver } from './keep-draft.ts'
import { tryOfRound } from './upload-machine.ts'
import type { Content, UploadTask } from './upload-task.ts'
import { judge, mayAsk, probe } from './verdict.ts'
import { spread } from './wait.ts'
import type { Wait } from './wait.ts'

/**
 * The work of `preparing`: asks which way the bytes are to take, after a pause if it is not the first
 * attempt. Throws when there is none. Nothing is asked before it is sure that no other tab is at it.
 */
export async function prepare(task: UploadTask, attempt: number): Promise<void> {
  const { job, tools, send, signal } = task
  const { content } = job
  if (content === null || (await job.held) === null) return
  const turn = tryOfRound(attempt)
  if (turn > 1) await tools.sleep(toPauseMs(turn, tools.random), signal)
  const wait = job.handedOver ? null : mustWait(task)
  if (wait !== null) return send({ type: 'held', wait })
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

/**
 * Says what stands in the way before anybody is asked. Who finds the pause of a circuit over tries for all
 * others. What was handed over needs no leave: nothing depends on the answer.
 */
function mustWait({ job, tools }: UploadTask): Wait | null {
  const { verdicts, random } = tools
  const now = tools.now()
  const verdict = verdicts.get()
  if (verdict.status !== 'clear' && !mayAsk(verdict, job.id, now)) {
    return { reason: verdict.reason, retryAt: spread(verdict.until, { now, random: random() }) }
  }
  verdicts.tell(probe(verdict, job.id, now))
  return null
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
      const started = await tools.client.start(toRequest(task, content), signal)
      tellOf(task, null)
      return started
    } catch (error) {
      signal.throwIfAborted()
      const failure = toFailure(error)
      tellOf(task, failure)
      if (job.handedOver && isOfServers(failure)) return null
      if ((await waitForOther(task, failure)) === 'over') throw error
    }
  }
}

function tellOf({ tools }: UploadTask, failure: Failure | null): void {
  const { verdicts, now } = tools
  verdicts.tell(judge(verdicts.get(), failure, now()))
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
