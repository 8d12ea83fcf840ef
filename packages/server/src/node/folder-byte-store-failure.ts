import { ImagesError } from '@lightfast/core'
import { toStorageFull } from '../bytes/storage-full.ts'

/** A full disk, a used-up quota, and a file that is longer than this process may write. */
const full = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

/** Waits for work on the disk, and is the one place where its errors become failures. */
export async function onDisk<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (error) {
    throw toFailure(error)
  }
}

/** Asks whether an error says that there is no such file. */
export function isMissing(error: unknown): boolean {
  return toCode(error) === 'ENOENT'
}

function toFailure(error: unknown): unknown {
  const code = toCode(error)
  // A mistake of the caller has no code; those of Node have one.
  if (error instanceof ImagesError || code === undefined) return error
  if (full.has(code)) return toStorageFull(`the disk has no room (${code})`, error)
  const message = `The folder for bytes cannot be used (${code}). Is it there, and may this process write to it?`
  return new ImagesError('store_unavailable', message, { cause: error })
}

function toCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}
