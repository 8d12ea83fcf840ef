import type { Failure } from '@lightfast/core'
import { toFailure } from '../call-server.ts'
import type { Work } from '../machine.ts'
import { check } from './check-work.ts'
import { confirm, followParked, keepAsking } from './confirm-work.ts'
import { dropDraft } from './keep-draft.ts'
import { prepare } from './prepare-work.ts'
import { relay, transfer } from './transfer-work.ts'
import type { UploadEvent } from './upload-machine.ts'
import type { UploadState } from './upload-state.ts'
import { toFailed } from './to-failed.ts'
import type { UploadJob, UploadTask, UploadTools } from './upload-task.ts'
import { waitOut } from './wait-work.ts'

export interface UploadWorkOptions {
  readonly job: UploadJob
  readonly tools: UploadTools
  /** Takes the item off the list. */
  readonly leave: () => void
}

/** Makes the work of one upload: what is done while it is in each of its statuses. */
export function createUploadWork(options: UploadWorkOptions): Work<UploadState, UploadEvent> {
  return function work(state, send, signal) {
    const { tools } = options
    const task: UploadTask = { ...options, signal, send: sendUnlessLeft }
    run(state, task).catch((error: unknown) => {
      sendUnlessLeft(toFailed(tools, locate(task, error)))
    })

    function sendUnlessLeft(event: UploadEvent): void {
      if (!signal.aborted) send(event)
    }
  }
}

/** Once bytes have set out, no failure to get a slot may say that nothing was sent. */
function locate({ job }: UploadTask, error: unknown): Failure {
  const failure = toFailure(error)
  return job.setOut ? { ...failure, stage: 'transfer' } : failure
}

async function run(state: UploadState, task: UploadTask): Promise<void> {
  switch (state.status) {
    case 'checking':
      return check(task)
    case 'preparing':
      return prepare(task, state.attempt)
    case 'uploading':
      return transfer(task)
    case 'relaying':
      return relay(task)
    case 'parked':
      return followParked(task)
    case 'processing':
      return confirm(task)
    case 'still-checking':
      return keepAsking(task)
    case 'rejected':
      return dropBytes(task)
    case 'done':
      return finish(task)
    case 'waiting':
      return waitOut(task, state)
    case 'queued':
    case 'restored':
    case 'not-uploaded':
    case 'draft-saved':
      return undefined
    default:
      return state satisfies never
  }
}

async function dropBytes({ job, tools }: UploadTask): Promise<void> {
  job.source = null
  job.content = null
  await dropDraft(job, tools.drafts)
}

async function finish({ job, tools, leave, signal }: UploadTask): Promise<void> {
  await dropDraft(job, tools.drafts)
  if (tools.doneMs === null) return
  await tools.sleep(tools.doneMs, signal)
  leave()
}
