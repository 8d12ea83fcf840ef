import type { SigningKey } from './options.ts'
import type { Variant } from './variant.ts'

/** What an account is set to, its images apart. */
export interface AccountState {
  readonly variants: readonly Variant[]
  readonly signingKeys: readonly SigningKey[]
  /** Whether option lists may stand where the name of a variant does. Off until turned on. */
  readonly flexibleVariants: boolean
  /** How long browsers keep a public picture; null is the default of two days. */
  readonly browserTtlSeconds: number | null
}

/** Keeps the state of an account over restarts. Loading and saving are one step each, so nothing is half there. */
export interface AccountStore {
  /** Resolves to undefined in an account that was never saved. */
  readonly load: () => AccountState | undefined
  readonly save: (state: AccountState) => void
}

/** The account while the emulator runs. */
export interface Account {
  readonly state: () => AccountState
  readonly change: (changes: Partial<AccountState>) => void
  /** Sets everything back to what it was given at the start. */
  readonly reset: () => void
}

/** Creates an account from what was saved, else from what it is given. */
export function createAccount(initial: AccountState, store: AccountStore | undefined): Account {
  let state = store?.load() ?? initial

  function set(next: AccountState): void {
    state = next
    store?.save(next)
  }

  return {
    state: () => state,
    change: (changes) => set({ ...state, ...changes }),
    reset: () => set(initial),
  }
}
