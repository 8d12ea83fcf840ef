import type { Image } from '@lightfast/core'
import { toShownPolicy } from './before-upload.ts'
import { findNext } from './queue.ts'
import { createUploadActions } from './upload-actions.ts'
import type { UploadControl } from './upload-control.ts'
import { createUploadIntake } from './upload-intake.ts'
import { createUploadList } from './upload-list.ts'
import type { UploadItem } from './upload-state.ts'
import { createUploadTools } from './uploader-options.ts'
import type { UploaderOptions } from './uploader-options.ts'

/** An upload area without its looks: the engine behind `useImageUpload`, for any framework or none. */
export interface Uploader extends Omit<UploadControl, 'items' | 'paused'> {
  /** Immutable: the same array until something changes, and the same item until that item changes. */
  readonly getState: () => readonly UploadItem[]
  readonly isPaused: () => boolean
  readonly subscribe: (listener: () => void) => () => void
  /** Calls the listener with every image that Cloudflare has confirmed. Returns the way to stop. */
  readonly watchDone: (listener: (image: Image) => void) => () => void
  /** Sets the uploads going and brings back the drafts of earlier visits. */
  readonly start: () => void
  /** Aborts what runs and keeps the drafts. `start` goes on from there. */
  readonly stop: () => void
}

const DEFAULT_MAX_FILES = 10
const DEFAULT_CONCURRENCY = 3

/** Makes an uploader at rest: it neither reads, sends nor opens anything before `start`. */
export function createUploader(options: UploaderOptions): Uploader {
  const { maxFiles = DEFAULT_MAX_FILES, concurrency = DEFAULT_CONCURRENCY, onDone } = options
  const doneListeners = new Set(onDone === undefined ? [] : [onDone])
  const tools = createUploadTools(options)
  const list = createUploadList()
  const intake = createUploadIntake({ tools, onChange, onLeave: list.close })

  let paused = false
  list.subscribe(admit)

  /** Entries that do not run yet take no notice, and are looked at again when they do. */
  function admit(): void {
    if (paused) return
    for (const { id } of findNext(list.getItems(), concurrency)) {
      list.find(id)?.send({ type: 'admitted' })
    }
  }

  function setPaused(next: boolean): void {
    if (paused === next) return
    paused = next
    list.refresh()
  }

  function onChange({ state }: UploadItem): void {
    list.refresh()
    if (state.status !== 'done') return
    for (const listener of doneListeners) listener(state.image)
  }

  function watchDone(listener: (image: Image) => void): () => void {
    doneListeners.add(listener)
    return () => doneListeners.delete(listener)
  }

  async function restore(): Promise<void> {
    const restored = await intake.restore()
    if (restored.length > 0) list.set([...restored, ...list.getEntries()])
  }

  function start(): void {
    tools.verdicts.start()
    list.start()
    void restore()
  }

  return {
    ...createUploadActions({ list, intake, tools, maxFiles }),
    policy: toShownPolicy(tools),
    maxFiles,
    getState: list.getItems,
    isPaused: () => paused,
    pause: () => setPaused(true),
    resume: () => setPaused(false),
    subscribe: list.subscribe,
    watchDone,
    start,
    stop() {
      tools.verdicts.stop()
      list.stop()
    },
  }
}
