import { ImagesError, sniff } from '@lightfast/core'
import type { ImageType } from '@lightfast/core'
import type { Sha256 } from './import-source.ts'

export interface Examined {
  /** In hexadecimal digits. */
  readonly sha256: string
  readonly contentType: ImageType
}

/** Every type is told by less; whether the file is whole is looked at when all of it is here. */
const HEAD_BYTES = 65_536

/**
 * Tells the type and the hash of a file, and never holds more than a piece of it.
 * @throws ImagesError `file_empty` or `file_type_unsupported`.
 */
export async function examineFile(file: Blob, createSha256: () => Sha256): Promise<Examined> {
  if (file.size === 0) throw new ImagesError('file_empty', 'The file has no bytes.')
  const head = await file.slice(0, HEAD_BYTES).arrayBuffer()
  const found = sniff(new Uint8Array(head))
  if (found.status === 'unknown')
    throw new ImagesError('file_type_unsupported', 'These are not the bytes of a picture.')
  return { contentType: found.type, sha256: await hash(file, createSha256()) }
}

async function hash(file: Blob, sha256: Sha256): Promise<string> {
  for await (const chunk of file.stream()) sha256.update(chunk)
  return sha256.digest()
}

/**
 * Reads a file again that was examined. If it is not the same any more the stream fails, so that no id is given to other bytes. `onFirst`
 * is waited for before the first byte.
 */
export function readAgain(file: Blob, { sha256, ...given }: ReadAgain): ReadableStream<Uint8Array> {
  const reader = file.stream().getReader()
  const again = given.createSha256()
  let isFirst = true
  return new ReadableStream(
    { pull, cancel: (reason) => reader.cancel(reason) },
    { highWaterMark: 0 },
  )

  async function pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    if (isFirst) await given.onFirst()
    isFirst = false
    const { done, value } = await reader.read()
    if (!done) {
      again.update(value)
      return controller.enqueue(value)
    }
    if (again.digest() !== sha256) throw toChanged()
    controller.close()
  }
}

export interface ReadAgain extends Pick<Examined, 'sha256'> {
  readonly createSha256: () => Sha256
  readonly onFirst: () => Promise<void>
}

const CHANGED = 'The file was changed while it was read.'

/** Tells that a file is not what it was when it was examined. To try again makes sense from the beginning only. */
export function toChanged(): ImagesError {
  return new ImagesError('invalid_request', CHANGED, { stage: 'check' })
}

/** Asks whether reading failed because a file was changed or taken away meanwhile. */
export function wasChanged(error: unknown): boolean {
  if (error instanceof ImagesError) return error.message === CHANGED
  return error instanceof DOMException && error.name === 'NotReadableError'
}
