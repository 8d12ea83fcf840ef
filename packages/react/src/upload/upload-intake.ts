import type { Draft } from '../drafts/draft-store.ts'
import { createUploadEntry } from './upload-entry.ts'
import type { UploadEntry, UploadEntryOptions } from './upload-entry.ts'
import type { UploadState } from './upload-state.ts'
import type { UploadJob } from './upload-task.ts'

/** Where entries come from: files that a person picks, and drafts of earlier visits. */
export interface UploadIntake {
  readonly pick: (file: File) => UploadEntry
  /** The drafts that this intake has not made an entry of before. */
  readonly restore: () => Promise<readonly UploadEntry[]>
}

/** Makes an intake. Two picks of one file are two uploads: an entry is known by its upload id alone. */
export function createUploadIntake(
  options: Pick<UploadEntryOptions, 'tools' | 'onChange' | 'onLeave'>,
): UploadIntake {
  const { now, randomId, drafts } = options.tools
  const known = new Set<string>()

  function pick(file: File): UploadEntry {
    const id = randomId()
    known.add(id)
    const job = createJob({ id, name: file.name, pickedAt: now() }, 'picked', file)
    return createUploadEntry({ ...options, job, initial: { status: 'queued', next: null } })
  }

  async function restore(): Promise<readonly UploadEntry[]> {
    const unknown = (await drafts.list()).filter((draft) => !known.has(draft.uploadId))
    for (const draft of unknown) known.add(draft.uploadId)
    const claimed = await Promise.all(unknown.map(claim))
    return claimed.flat()
  }

  /** Of several tabs that open at the same time, one shows the draft. */
  async function claim(draft: Draft): Promise<readonly UploadEntry[]> {
    const letGo = await drafts.hold(draft.uploadId)
    if (letGo === null) known.delete(draft.uploadId)
    if (letGo === null) return []
    const job = { ...toJob(draft), held: Promise.resolve(letGo) }
    const initial: UploadState = job.handedOver
      ? { status: 'queued', next: null }
      : { status: 'restored' }
    return [createUploadEntry({ ...options, job, initial })]
  }

  return { pick, restore }
}

function toJob({ uploadId, name, pickedAt, bytes, handedOverAs }: Draft): UploadJob {
  const job = createJob({ id: uploadId, name, pickedAt }, 'draft', bytes)
  return { ...job, imageId: handedOverAs ?? null, handedOver: handedOverAs !== undefined }
}

function createJob(
  label: Pick<UploadJob, 'id' | 'name' | 'pickedAt'>,
  origin: UploadJob['origin'],
  source: Blob,
): UploadJob {
  return {
    ...label,
    sizeBytes: source.size,
    origin,
    source,
    content: null,
    imageId: null,
    way: null,
    setOut: origin === 'draft',
    handedOver: false,
    blockedSince: null,
    dropped: false,
    saving: Promise.resolve('unavailable'),
    held: null,
  }
}
