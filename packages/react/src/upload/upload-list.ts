import type { UploadEntry } from './upload-entry.ts'
import type { UploadItem } from './upload-state.ts'

/** The entries in their order, and the snapshot of them that is shown. */
export interface UploadList {
  readonly getEntries: () => readonly UploadEntry[]
  /** The same array until something changes. */
  readonly getItems: () => readonly UploadItem[]
  readonly find: (id: string) => UploadEntry | undefined
  /** Sets which entries there are. While the list runs, new ones are started. */
  readonly set: (entries: readonly UploadEntry[]) => void
  /** Stops an entry and takes it off the list. */
  readonly close: (entry: UploadEntry) => void
  /** Takes a new snapshot, if something has changed, and tells the listeners. */
  readonly refresh: () => void
  readonly subscribe: (listener: () => void) => () => void
  readonly start: () => void
  readonly stop: () => void
}

/** Makes an empty list at rest. */
export function createUploadList(): UploadList {
  const listeners = new Set<() => void>()
  let entries: readonly UploadEntry[] = []
  let items: readonly UploadItem[] = []
  let running = false

  function refresh(): void {
    const changed = entries.map((entry) => entry.getItem())
    const same = changed.length === items.length && changed.every((item, at) => item === items[at])
    if (!same) items = changed
    for (const listener of listeners) listener()
  }

  function start(): void {
    running = true
    for (const entry of entries) entry.start()
    refresh()
  }

  function stop(): void {
    running = false
    for (const entry of entries) entry.stop()
  }

  function set(changed: readonly UploadEntry[]): void {
    entries = changed
    // At rest nothing is held, or no tab could ever list it again.
    for (const entry of entries) {
      if (running) entry.start()
      else entry.stop()
    }
    refresh()
  }

  function close(entry: UploadEntry): void {
    entry.stop()
    set(entries.filter((other) => other !== entry))
  }

  function subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }

  return {
    getEntries: () => entries,
    getItems: () => items,
    find: (id) => entries.find((entry) => entry.id === id),
    set,
    close,
    refresh,
    subscribe,
    start,
    stop,
  }
}
