import type { Caller } from '../api/auth.ts'
import type { EmulatorConfig } from '../options.ts'

/** A token of the batch API as the API shows it. */
export interface BatchToken {
  readonly token: string
  /** RFC 3339 with nanoseconds. */
  readonly expiresAt: string
}

/** Keeps the tokens of the batch API. */
export interface BatchTokens {
  /** Issues a token that may do what the caller may. */
  readonly issue: (caller: Caller) => BatchToken
  /** Finds who holds a token that has not expired. */
  readonly find: (token: string) => Caller | undefined
}

/** Creates the keeper of all tokens; they last as long as the process at most. */
export function createBatchTokens({ now, randomId, settings }: EmulatorConfig): BatchTokens {
  const issued = new Map<string, { readonly caller: Caller; readonly expiresAt: number }>()
  const dropExpired = (): void => {
    for (const [token, { expiresAt }] of issued) if (now() >= expiresAt) issued.delete(token)
  }
  return {
    issue({ access }) {
      dropExpired()
      const token = `batch-${randomId()}`
      const expiresAt = now() + settings.batchTokenSeconds * 1000
      issued.set(token, { caller: { name: token, access }, expiresAt })
      return { token, expiresAt: toNanoseconds(expiresAt) }
    },
    find(token) {
      dropExpired()
      return issued.get(token)?.caller
    },
  }
}

const toNanoseconds = (ms: number): string => new Date(ms).toISOString().replace('Z', '000000Z')
