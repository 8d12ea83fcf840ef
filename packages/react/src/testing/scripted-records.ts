import { createFailure } from '@lightfast/core'
import type { Image, Rung, StartUpload } from '@lightfast/core'
import { makeImage } from './make-image.ts'
import type { Script } from './script.ts'

/** What a scripted server knows of its images. */
export interface ScriptedRecords {
  /** The same upload id is the same image. */
  readonly open: (upload: StartUpload, rung: Rung) => Image
  /** The bytes are there. */
  readonly arrive: (id: string) => void
  /** An image as it is by now. Null for one that nobody asked for. */
  readonly find: (id: string, verdict: Script['verdict']) => Image | null
  readonly remove: (id: string) => void
}

interface ScriptedRecord {
  readonly image: Image
  /** In ms since the epoch; null while there are no bytes. */
  readonly arrivedAt: number | null
}

/** Makes records that know none yet. */
export function createScriptedRecords(now: () => number): ScriptedRecords {
  const records = new Map<string, ScriptedRecord>()
  let count = 0

  function open(upload: StartUpload, rung: Rung): Image {
    const known = [...records.values()].find(({ image }) => image.uploadId === upload.uploadId)
    if (known === undefined) count += 1
    const id = known?.image.id ?? `img-${count}`
    const image = makeImage('pending', { ...upload, id, rung, createdAt: now() })
    records.set(id, { image, arrivedAt: known?.arrivedAt ?? null })
    return image
  }

  function arrive(id: string): void {
    const record = records.get(id)
    if (record !== undefined) records.set(id, { ...record, arrivedAt: record.arrivedAt ?? now() })
  }

  function find(id: string, verdict: Script['verdict']): Image | null {
    const record = records.get(id)
    return record === undefined ? null : judge(record, verdict, now())
  }

  return { open, arrive, find, remove: (id) => records.delete(id) }
}

function judge(
  { image, arrivedAt }: ScriptedRecord,
  verdict: Script['verdict'] = { afterMs: 0, outcome: 'ready' },
  now: number,
): Image {
  if (arrivedAt === null) return image
  if (now < arrivedAt + verdict.afterMs) {
    return { ...image, state: image.rung === 'park' ? 'parked' : 'delivered' }
  }
  if (verdict.outcome === 'ready') return { ...image, state: 'ready', facts: 'verified' }
  const failure = createFailure('file_refused_by_host', 'The script says so.')
  return { ...image, state: 'rejected', failure }
}
