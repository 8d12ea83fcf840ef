import type { UploadSurroundings } from './surroundings.ts'
import { clear, parseVerdict } from './verdict.ts'
import type { Verdict } from './verdict.ts'

/** The verdict on one endpoint, shared with all that know it by the same name. */
export interface Verdicts {
  readonly get: () => Verdict
  /** Takes a verdict and tells the others. */
  readonly tell: (verdict: Verdict) => void
  /** Calls the listener with every new verdict, one's own included, until the signal aborts. */
  readonly watch: (listener: (verdict: Verdict) => void, signal: AbortSignal) => void
  readonly start: () => void
  /** Neither tells nor hears any more, until it is started again. */
  readonly stop: () => void
}

/**
 * Makes the verdict on an endpoint, at rest. A tab that opens later asks once for itself: what was said
 * before is not said again.
 */
export function createVerdicts(
  endpoint: string,
  { connect, now }: Pick<UploadSurroundings, 'connect' | 'now'>,
): Verdicts {
  const listeners = new Set<(verdict: Verdict) => void>()
  let verdict = clear
  let channel: ReturnType<typeof connect> | null = null

  function take(next: Verdict): void {
    verdict = next
    for (const listener of listeners) listener(verdict)
  }

  function hear(message: unknown): void {
    const heard = parseVerdict(message, now())
    if (heard !== null) take(heard)
  }

  return {
    get: () => verdict,
    tell(next) {
      if (next === verdict) return
      channel?.post(next)
      take(next)
    },
    watch(listener, signal) {
      listeners.add(listener)
      signal.addEventListener('abort', () => listeners.delete(listener), { once: true })
    },
    start: () => void (channel ??= connect(`lightfast ${endpoint}`, hear)),
    stop() {
      channel?.close()
      channel = null
    },
  }
}
