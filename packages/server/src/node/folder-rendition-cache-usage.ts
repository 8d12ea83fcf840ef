export interface KeptFile {
  readonly sizeBytes: number
  /** When it was last used, in ms since the epoch. */
  readonly at: number
}

export interface FolderRenditionUsage {
  readonly maxBytes: number
  /** Looks anew what there is, since other processes may write there too, and removes what is too much. */
  readonly measure: () => Promise<void>
  /** Notes that a file was written, and removes what is too much. */
  readonly add: (name: string, file: KeptFile) => Promise<void>
  /** Notes that a file was read, and answers whether that is worth writing down. */
  readonly use: (name: string, file: KeptFile) => boolean
  readonly forget: (name: string) => void
}

export interface FolderRenditionUsageOptions {
  readonly maxBytes: number
  readonly list: () => Promise<readonly (readonly [name: string, file: KeptFile])[]>
  readonly remove: (name: string) => Promise<void>
}

const NOTED_EVERY_MS = 60_000
/** After having written so much of what may be kept, it is time to look what others have written. */
const MEASURED_EVERY = 1 / 8

/** Knows the files of a cache from the one that was used least recently to the last one. */
export function createFolderRenditionUsage(
  options: FolderRenditionUsageOptions,
): FolderRenditionUsage {
  const { maxBytes, list, remove } = options
  const files = new Map<string, KeptFile & { readonly notedAt: number }>()
  let heldBytes = 0
  let writtenBytes = 0

  function forget(name: string): void {
    heldBytes -= files.get(name)?.sizeBytes ?? 0
    files.delete(name)
  }

  function keep(name: string, file: KeptFile, notedAt: number): void {
    forget(name)
    files.set(name, { ...file, notedAt })
    heldBytes += file.sizeBytes
  }

  async function measure(): Promise<void> {
    writtenBytes = 0
    const found = (await list()).toSorted(([, one], [, other]) => one.at - other.at)
    files.clear()
    heldBytes = 0
    for (const [name, file] of found) keep(name, file, file.at)
    await shrink()
  }

  async function shrink(): Promise<void> {
    for (const name of files.keys()) {
      if (heldBytes <= maxBytes) return
      forget(name)
      await remove(name)
    }
  }

  return {
    maxBytes,
    measure,
    forget,
    async add(name, file) {
      keep(name, file, file.at)
      writtenBytes += file.sizeBytes
      await (writtenBytes > maxBytes * MEASURED_EVERY ? measure() : shrink())
    },
    use(name, file) {
      const notedAt = files.get(name)?.notedAt ?? 0
      const isWorthIt = file.at - notedAt > NOTED_EVERY_MS
      keep(name, file, isWorthIt ? file.at : notedAt)
      return isWorthIt
    },
  }
}
