import type { DraftOutcome } from '@lightfast/core'
import type { Draft, DraftStore } from '../drafts/draft-store.ts'
import type { UploadJob, UploadTask } from './upload-task.ts'

/** Saves the draft as the job now is. One save after the other, so that the last word is kept. */
export function keepDraft({ job, tools }: UploadTask, bytes: Blob): Promise<DraftOutcome> {
  job.saving = job.saving.then((before) =>
    job.dropped ? before : tools.drafts.save(toDraft(job, bytes)),
  )
  return job.saving
}

/** Drops the draft for good, a save that is still under way included. */
export async function dropDraft(job: UploadJob, drafts: DraftStore): Promise<void> {
  job.dropped = true
  await job.saving
  await drafts.remove(job.id)
}

/** Lets the draft remember whether our server has the bytes: then it goes on by itself at the next visit. */
export function rememberHandOver(task: UploadTask, handedOver: boolean): void {
  const { job } = task
  if (job.handedOver === handedOver || job.content === null) return
  job.handedOver = handedOver
  void keepDraft(task, job.content.bytes)
}

function toDraft(
  { id: uploadId, name, pickedAt, handedOver, imageId }: UploadJob,
  bytes: Blob,
): Draft {
  const draft = { uploadId, name, pickedAt, bytes }
  return handedOver && imageId !== null ? { ...draft, handedOverAs: imageId } : draft
}
