import { checkFile, createFailure } from '@lightfast/core'
import type { Failure, FileCheck, FilePolicy } from '@lightfast/core'
import { makeReady } from './before-upload.ts'
import { keepDraft } from './keep-draft.ts'
import type { Content, UploadTask } from './upload-task.ts'

/** Enough to tell a type by, SVG included. */
const HEAD_BYTES = 4096

/** The work of `checking`: reads the file once, judges it and keeps a draft of it. */
export async function check(task: UploadTask): Promise<void> {
  const { job, tools, send, signal } = task
  const { source } = job
  if (source === null) return refuse(task, createFailure('file_damaged', 'The bytes are gone.'))
  const picked = await readFile(source, tools.pickPolicy)
  if (signal.aborted) return
  if (picked.status === 'refused') return refuse(task, picked.failure)
  const ready = await makeReady(task, picked)
  if (ready instanceof File) job.name = ready.name
  const read = ready === null ? picked : await readFile(ready, tools.policy)
  if (signal.aborted) return
  if (read.status === 'refused') return refuse(task, read.failure)
  const draft = await keepDraft(task, read.bytes)
  job.content = { bytes: read.bytes, facts: read.facts, draft } satisfies Content
  send({ type: 'checked', draft })
}

function refuse({ send }: UploadTask, failure: Failure): void {
  send({ type: 'refused', failure })
}

type ReadFile =
  | (Extract<FileCheck, { status: 'accepted' }> & { readonly bytes: Blob })
  | Extract<FileCheck, { status: 'refused' }>

/** A file on Android, or on a cloud drive, can become unreadable after it was picked: hence once, and into memory. */
async function readFile(source: Blob, policy: FilePolicy): Promise<ReadFile> {
  try {
    if (source.size > policy.maxBytes) return await judgeTooLarge(source, policy)
    const buffer = await source.arrayBuffer()
    const verdict = checkFile(new Uint8Array(buffer), policy)
    if (verdict.status === 'refused') return verdict
    return { ...verdict, bytes: new Blob([buffer], { type: verdict.facts.type }) }
  } catch (error) {
    const message = `The file could not be read: ${String(error)}`
    return { status: 'refused', failure: createFailure('file_damaged', message) }
  }
}

/** Its head is enough to tell a film from a picture that is too large; the rest is not worth the memory. */
async function judgeTooLarge(
  source: Blob,
  policy: FilePolicy,
): Promise<Extract<FileCheck, { status: 'refused' }>> {
  const head = new Uint8Array(await source.slice(0, HEAD_BYTES).arrayBuffer())
  const verdict = checkFile(head, { ...policy, maxBytes: 0 })
  if (verdict.status === 'refused' && verdict.failure.code === 'file_type_unsupported') {
    return verdict
  }
  const measure = { actual: source.size, limit: policy.maxBytes }
  const message = `${measure.actual} is over the limit of ${measure.limit}.`
  return { status: 'refused', failure: createFailure('file_too_large', message, { measure }) }
}
