import type { Failure } from '@lightfast/core'
import type { UploadEvent } from './upload-machine.ts'
import type { UploadTools } from './upload-task.ts'
import { toWait } from './wait.ts'

/** Makes the event of a failure, with what is known of its end. */
export function toFailed({ isOnline, now, random }: UploadTools, failure: Failure): UploadEvent {
  const facts = { online: isOnline(), now: now(), random: random() }
  return { type: 'failed', failure, wait: toWait(failure, facts), now: facts.now }
}
