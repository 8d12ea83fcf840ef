import type { Draft } from '../drafts/draft-store.ts'
import { createUploadEntry } from './upload-entry.ts'
import type { UploadEntry, UploadEntryOptions } from './upload-entry.ts'
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
    return createUploadEntry({ ...options, job, initial: { status: 'checking' } })
  }

  async function restore(): Promise<readonly UploadEntry[]> {
    const unknown = (await drafts.list()).filter((draft) => !known.has(draft.uploadId))
    for (const draft of unknown) known.add(draft.uploadId)
    return unknown.map((draft) =>
      createUploadEntry({ ...options, job: toJob(draft), initial: { status: 'restored' } }),
    )
  }

  return { pick, restore }
}

function toJob({ uploadId, name, pickedAt, bytes }: Draft): UploadJob {
  return createJob({ id: uploadId, name, pickedAt }, 'draft', bytes)
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
    slot: null,
    setOut: origin === 'draft',
    removed: false,
  }
}
