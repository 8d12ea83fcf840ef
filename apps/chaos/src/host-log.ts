/** What was asked of the host, and what it answered. */
export interface HostLine {
  /** When it came, in ms since the epoch. */
  readonly startedAt: number
  /** When it was answered. */
  readonly at: number
  readonly method: string
  /** With its query. */
  readonly path: string
  /** 0 when the connection was cut. */
  readonly status: number
  /** Effects of the faults that acted. */
  readonly fault: string | undefined
}

export interface HostLog {
  readonly add: (line: HostLine) => void
  /** The lines whose path names one of these words, oldest first. */
  readonly naming: (words: readonly string[]) => readonly HostLine[]
  /** How many requests met each fault, by effect. */
  readonly faults: () => Readonly<Record<string, number>>
  readonly list: () => readonly HostLine[]
}

/** Makes an empty log that forgets nothing. */
export function createHostLog(): HostLog {
  const lines: HostLine[] = []
  const faults = new Map<string, number>()
  return {
    add(line) {
      lines.push(line)
      for (const effect of line.fault?.split(', ') ?? []) {
        faults.set(effect, (faults.get(effect) ?? 0) + 1)
      }
    },
    naming: (words) => lines.filter(({ path }) => words.some((word) => path.includes(word))),
    faults: () => Object.fromEntries(faults),
    list: () => lines,
  }
}
