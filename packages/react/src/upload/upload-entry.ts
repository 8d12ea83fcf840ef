import type { LetGo } from '../drafts/draft-store.ts'
import { createMachine } from '../machine.ts'
import type { Machine } from '../machine.ts'
import { dropDraft } from './keep-draft.ts'
import { transition } from './upload-machine.ts'
import type { UploadEvent } from './upload-machine.ts'
import type { UploadItem, UploadState } from './upload-state.ts'
import type { UploadJob, UploadTools } from './upload-task.ts'
import { createUploadWork } from './upload-work.ts'

/** One file of the list, with the machine that moves it while the uploader runs. */
export interface UploadEntry {
  readonly id: string
  /** The same object until something about it changes. */
  readonly getItem: () => UploadItem
  readonly start: () => void
  /** Aborts what runs. The draft stays, and `start` goes on from here. */
  readonly stop: () => void
  /** Aborts what runs, for good, and drops the draft. The image is left as it is. */
  readonly release: () => void
  /** Releases it, and calls off at our server what is not done. */
  readonly drop: () => void
  readonly send: (event: UploadEvent) => void
}

export interface UploadEntryOptions {
  readonly job: UploadJob
  readonly initial: UploadState
  readonly tools: UploadTools
  readonly onChange: (item: UploadItem) => void
  /** Called when it is finished and has been seen long enough. */
  readonly onLeave: (entry: UploadEntry) => void
}

/** Makes an entry at rest. */
export function createUploadEntry(options: UploadEntryOptions): UploadEntry {
  const { job, tools, onChange, onLeave } = options
  let item = toItem(job, options.initial)
  let machine: Machine<UploadState, UploadEvent> | null = null
  let free = Promise.resolve()

  function update(state: UploadState): void {
    if (state === item.state) return
    item = toItem(job, state)
    onChange(item)
  }

  function start(): void {
    if (machine !== null) return
    job.held ??= free.then(() => tools.drafts.hold(job.id))
    void leaveUnlessHeld(job.held)
    const started = createMachine({
      initial: toResumable(item.state),
      transition,
      work: createUploadWork({ job, tools, leave: () => onLeave(entry) }),
    })
    machine = started
    started.subscribe(() => update(started.getState()))
    update(started.getState())
  }

  function stop(): void {
    machine?.stop()
    machine = null
    const { held } = job
    if (held !== null) free = held.then((letGo) => letGo?.())
    job.held = null
  }

  /** Another tab may have taken it over while it was stopped here. */
  async function leaveUnlessHeld(held: Promise<LetGo | null>): Promise<void> {
    if ((await held) === null && job.held === held) onLeave(entry)
  }

  function release(): void {
    stop()
    void dropDraft(job, tools.drafts)
  }

  function drop(): void {
    release()
    if (job.imageId !== null && item.state.status !== 'done') tools.client.remove(job.imageId)
  }

  const entry: UploadEntry = {
    id: job.id,
    getItem: () => item,
    start,
    stop,
    release,
    drop,
    send: (event) => machine?.send(event),
  }
  return entry
}

function toItem(job: UploadJob, state: UploadState): UploadItem {
  const { id, name, sizeBytes, pickedAt, imageId } = job
  const stored = job.origin === 'draft' ? job.source : null
  return { id, name, sizeBytes, pickedAt, imageId, preview: job.content?.bytes ?? stored, state }
}

/** A slot that a broken-off transfer has touched is not used again: the server knows whether it may be. */
function toResumable(state: UploadState): UploadState {
  if (state.status !== 'uploading' && state.status !== 'relaying') return state
  return { status: 'preparing', attempt: state.attempt, draft: state.draft }
}
