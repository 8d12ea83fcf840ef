export interface Aborting {
  /** Is made when it is first asked for; asked for late, it has aborted already. */
  readonly signal: () => AbortSignal
  readonly abort: (reason: unknown) => void
}

/** Makes an abort that costs nothing unless somebody asks for its signal. */
export function createAborting(): Aborting {
  let controller: AbortController | undefined
  let ended: { readonly reason: unknown } | undefined
  return {
    signal() {
      if (ended && !controller) return AbortSignal.abort(ended.reason)
      controller ??= new AbortController()
      return controller.signal
    },
    abort(reason) {
      ended = { reason }
      controller?.abort(reason)
    },
  }
}
