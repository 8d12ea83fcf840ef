import { createFailure, userState } from '@lightfast/core'
import type { DraftOutcome, Failure } from '@lightfast/core'
import type { UploadState } from './upload-state.ts'

export interface FailedStateFacts {
  readonly draft: DraftOutcome
  /** When it failed, in ms since the epoch. */
  readonly now: number
}

/** The state in which an upload ends that met a failure; core decides which of the three it is. */
export function toFailedState(failure: Failure, { draft, now }: FailedStateFacts): UploadState {
  const told = userState(failure.stage, failure.code, draft)
  const retryAt = failure.retryAfterMs === undefined ? null : now + failure.retryAfterMs
  switch (told.state) {
    case 'not-uploaded':
      return { status: 'not-uploaded', reason: told.reason, failure, draft, retryAt }
    case 'draft-saved':
      return { status: 'draft-saved', reason: told.reason, failure, retryAt }
    case 'rejected':
      return { status: 'rejected', reason: told.reason, failure }
    default:
      return told satisfies never
  }
}

/** The state of a refused file. A refusal is one of the file, whatever code came with it. */
export function toRejectedState(failure: Failure): UploadState {
  const told = userState('processing', failure.code, 'unavailable')
  if (told.state === 'rejected') return { status: 'rejected', reason: told.reason, failure }
  const refusal = createFailure('file_refused_by_host', failure.message)
  return { status: 'rejected', reason: 'by-host', failure: refusal }
}
