import { ImagesError } from '@lightfast/core'
import type { CallOptions } from './api.ts'

export interface DeleteOptions extends CallOptions {
  /** Whether it is a success that there is nothing to delete. @default false */
  readonly missingOk?: boolean
}

/** Gives what is there, or undefined if it is not. */
export async function unlessMissing<Value>(reading: Promise<Value>): Promise<Value | undefined> {
  try {
    return await reading
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** Tells what a deletion came to: what is missing after a lost answer is what that attempt has deleted. */
export async function toDeleted(
  deleting: Promise<unknown>,
  { missingOk }: DeleteOptions,
): Promise<'deleted' | 'missing'> {
  try {
    await deleting
    return 'deleted'
  } catch (error) {
    if (isMissing(error) && error.attempts > 1) return 'deleted'
    if (isMissing(error) && missingOk) return 'missing'
    throw error
  }
}

/** Asks whether a failure says that something is not there. */
export function isMissing(error: unknown): error is ImagesError {
  return error instanceof ImagesError && error.code === 'not_found'
}
