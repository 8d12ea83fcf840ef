/** The least that S3 takes for a part that is not the last. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
export const PART_BYTES = 5 * 1024 * 1024

export interface Part {
  /** Of use only until the next part is asked for: its memory is used again. */
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly isLast: boolean
}

/** Cuts what comes into parts as large as S3 wants them. There is always a last one, and it may be empty. */
export async function* cutIntoParts(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Part, void, void> {
  const memory = new Uint8Array(PART_BYTES)
  let filled = 0
  for await (const chunk of chunks) {
    for (let rest = chunk; rest.byteLength > 0;) {
      if (filled === PART_BYTES) {
        yield { bytes: memory, isLast: false }
        filled = 0
      }
      const fitting = rest.subarray(0, PART_BYTES - filled)
      memory.set(fitting, filled)
      filled += fitting.byteLength
      rest = rest.subarray(fitting.byteLength)
    }
  }
  yield { bytes: memory.subarray(0, filled), isLast: true }
}
