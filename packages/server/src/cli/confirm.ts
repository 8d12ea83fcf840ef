import { createInterface } from 'node:readline'
import type { Interface } from 'node:readline'

export interface ConfirmStreams {
  readonly input: NodeJS.ReadableStream
  readonly output: NodeJS.WritableStream
}

/** Asks a person, and takes everything but a yes for a no. Ctrl-C ends the command, as everywhere. */
export async function confirm(question: string, { input, output }: ConfirmStreams) {
  output.write(`${question} [y/N] `)
  // As a terminal, readline would take Ctrl-C for itself.
  const lines = createInterface({ input, terminal: false })
  const answer = await readLine(lines)
  lines.close()
  return /^\s*y(?:es)?\s*$/i.test(answer)
}

function readLine(lines: Interface): Promise<string> {
  return new Promise((resolve) => {
    lines.once('line', resolve)
    lines.once('close', () => resolve(''))
  })
}
