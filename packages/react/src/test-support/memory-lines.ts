import type { Channel } from '../upload/channel.ts'

/** Lines between tabs that are all in one place. For tests. */
export interface Lines {
  readonly connect: (name: string, onMessage: (message: unknown) => void) => Channel
}

interface End {
  readonly name: string
  readonly onMessage: (message: unknown) => void
}

/** Makes lines that are not connected to those of any other. What is heard is a copy, as between real tabs. */
export function createLines(): Lines {
  const ends = new Set<End>()

  function connect(name: string, onMessage: (message: unknown) => void): Channel {
    const own: End = { name, onMessage }
    ends.add(own)
    return {
      post(message) {
        if (!ends.has(own)) return
        const copy: unknown = structuredClone(message)
        for (const end of ends) {
          if (end !== own && end.name === name) queueMicrotask(() => deliver(end, copy))
        }
      },
      close: () => void ends.delete(own),
    }
  }

  function deliver(end: End, message: unknown): void {
    if (ends.has(end)) end.onMessage(message)
  }

  return { connect }
}
