import type { Surroundings } from '../surroundings.ts'
import type { End, Guard, Leave } from './guard.ts'
import type { Call, Reply, Send, SendAttempt } from './layer.ts'
import { sendInTime } from './send-in-time.ts'

export interface AttemptOptions {
  /** Asked before, first to last, and told after, in the opposite order. */
  readonly guards: readonly Guard[]
  /** For one attempt, its body included. A nearer deadline wins. */
  readonly attemptMs: number
  readonly surroundings: Pick<Surroundings, 'monotonic' | 'schedule'>
}

/**
 * Passes every attempt through guards, and gives it its time: it ends at once when that is over, or when its caller leaves,
 * and what it was doing is aborted. Every call pays for this, so it is one promise and no more.
 */
export function attempt(
  next: SendAttempt,
  { guards, attemptMs, surroundings }: AttemptOptions,
): Send {
  const { monotonic, schedule } = surroundings
  return function sendAttempt<Result>(call: Call<Result>): Promise<Reply<Result>> {
    const leaves: Leave[] = []
    call.tally.at = monotonic()
    const entering = enter(call, leaves)
    return entering ? entering.then(() => send(call, leaves)) : send(call, leaves)
  }

  function send<Result>(call: Call<Result>, leaves: readonly Leave[]): Promise<Reply<Result>> {
    const onEnd = (end: End) => leaveAll(call, leaves, end)
    return sendInTime(next, call, { attemptMs, schedule, onEnd })
  }

  /** Answers a promise only if one of them lets the attempt wait. The caller may have left by then, or before. */
  function enter(call: Call, leaves: Leave[]): Promise<void> | undefined {
    try {
      call.signal?.throwIfAborted()
      for (let at = leaves.length; at < guards.length; at += 1) {
        const entered = guards[at]?.enter(call)
        if (entered instanceof Promise) return enterLater(call, leaves, entered)
        if (entered) leaves.push(entered)
      }
      return undefined
    } catch (error) {
      return turnBack(call, leaves, error)
    }
  }

  async function enterLater(call: Call, leaves: Leave[], entered: Promise<Leave>): Promise<void> {
    try {
      leaves.push(await entered)
    } catch (error) {
      turnBack(call, leaves, error)
    }
    call.tally.at = monotonic()
    await enter(call, leaves)
  }
}

/** One of them does not let it in: those that it has passed are told. */
function turnBack(call: Call, leaves: readonly Leave[], error: unknown): never {
  leaveAll(call, leaves, { failed: { error } })
  throw error
}

function leaveAll(call: Call, leaves: readonly Leave[], end: End): void {
  for (let at = leaves.length - 1; at >= 0; at -= 1) leaves[at]?.(call, end)
}
