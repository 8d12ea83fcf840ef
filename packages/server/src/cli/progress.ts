/** Tells a person what is going on. */
export interface Progress {
  readonly show: (name: string) => void
  readonly clear: () => void
}

/** Writes what is running on one line of a terminal, and wipes it away. Elsewhere it writes nothing. */
export function createProgress(stream: {
  readonly isTTY?: boolean
  readonly write: (text: string) => unknown
}): Progress {
  const write = (text: string): void => {
    if (stream.isTTY === true) stream.write(text)
  }
  return {
    show: (name) => write(`… ${name}`),
    clear: () => write('\r\u001B[K'),
  }
}
