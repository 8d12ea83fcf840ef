/** A refusal as data; each host has its own way to say it. */
export interface Refusal {
  readonly status: number
  readonly code: number
  readonly message: string
}

/** Carries a refusal from where it is decided to where it is worded. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError'
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal.message)
    this.refusal = refusal
  }
}

/** Names what the emulator cannot do, with 501 as status and code: loud, so that nobody relies on it. */
export const notEmulated = (what: string): RefusedError =>
  new RefusedError({ status: 501, code: 501, message: `${what} is not emulated` })
