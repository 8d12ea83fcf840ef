import { ImagesError } from '@lightfast/core'
import type { EventBus } from '../events.ts'
import type { Surroundings } from '../surroundings.ts'
import { annotate } from './annotate.ts'
import type { Budget, BudgetConfig } from './budget.ts'
import type { Call, Layer, Reply, Send } from './layer.ts'
import { isAmbiguous, nextDelay, nextStep } from './retry-delay.ts'
import type { RetryConfig } from './retry-delay.ts'
import { settleWithin } from './settle-within.ts'
import { sleep } from './sleep.ts'

export interface RetryOptions {
  readonly config: RetryConfig
  readonly budget: Budget
  readonly prices: Pick<BudgetConfig, 'cost' | 'throttledCost'>
  readonly surroundings: Pick<Surroundings, 'monotonic' | 'random' | 'schedule'>
  readonly bus: EventBus
}

/** Where a call stands between two attempts. */
interface Progress {
  readonly attempt: number
  readonly previousMs: number
  /** What the last retry cost; 0 before there was one. */
  readonly price: number
  /** What the last attempt failed with. */
  readonly error?: ImagesError
}

/**
 * Repeats a call that failed with a known failure, within its attempts, its deadline and the budget. A call that is
 * not safe to repeat is read back first, and sent again only if it was not carried out. Bugs, and the
 * caller's own abort, are never repeated.
 */
export function retry(options: RetryOptions): Layer {
  return function retryLayer(next: Send): Send {
    return async function sendWithRetry<Result>(call: Call<Result>): Promise<Reply<Result>> {
      // A call that goes round the batch host has been tried there: all its tries count.
      const attempt = call.tally.sent + 1
      let progress: Progress = { attempt, previousMs: options.config.baseMs, price: 0 }
      for (;;) {
        try {
          const reply = await next(call)
          options.budget.refund(progress.price || 1)
          return reply
        } catch (error) {
          // The caller's own abort may come with a failure of another call as its reason.
          if (!(error instanceof ImagesError) || call.signal?.aborted) throw error
          note(error, call, progress)
          const step = plan(call, error, { progress, options })
          if (!step) throw error
          await sleep(options.surroundings.schedule, step.delayMs, call.signal)
          const found = step.read ? await readBack(call, error, options) : undefined
          if (found) return found
          if (step.last) throw error
          progress = { ...step, attempt: progress.attempt + 1, error }
        }
      }
    }
  }
}

/** A refusal that follows a failure has it as its cause: otherwise nobody would hear what went wrong at first. */
function note(error: ImagesError, { tally }: Call, { error: before }: Progress): void {
  const cause = error.status === undefined && error.cause === undefined ? before : undefined
  annotate(error, { attempts: tally.sent, ...(cause && { cause }) })
}

interface Step {
  readonly delayMs: number
  readonly previousMs: number
  readonly price: number
  /** Whether to find out first if the call was carried out. */
  readonly read: boolean
  /** Whether nothing is sent after that. */
  readonly last: boolean
}

function plan(
  call: Call,
  error: ImagesError,
  { progress, options }: { readonly progress: Progress; readonly options: RetryOptions },
): Step | undefined {
  const { config, budget, prices, surroundings, bus } = options
  const { attempt, previousMs } = progress
  const { repeat } = call
  const canReadBack = call.readBack !== undefined
  const step = nextStep(error, { attempt, repeat, canReadBack }, config)
  if (step === 'stop') return undefined

  const { retryAfterMs, code } = error
  const delayMs = nextDelay({ retryAfterMs, previousMs }, config, surroundings.random())
  const price = code === 'rate_limited' ? prices.throttledCost : prices.cost
  const inTime = surroundings.monotonic() + delayMs < call.deadlineAt
  if (!inTime || !budget.spend(price)) {
    const because = inTime ? 'budget' : 'deadline'
    bus.emit('retry-forgone', () => ({ type: 'retry-forgone', ...tell(call, error), because }))
    return undefined
  }
  bus.emit('retried', () => ({ type: 'retried', ...tell(call, error), delayMs }))
  const read = repeat === 'unsafe' && isAmbiguous(error)
  const nextPreviousMs = retryAfterMs === undefined ? delayMs : previousMs
  return { delayMs, previousMs: nextPreviousMs, price, read, last: step === 'read' }
}

function tell({ operation, circuit, tally }: Call, { code }: ImagesError) {
  return { operation, circuit, attempt: tally.sent, reason: code }
}

/** If Cloudflare can not say what became of the call, nobody can: it is the first failure that the caller hears of. */
async function readBack<Result>(
  { signal, deadlineAt, readBack: read }: Call<Result>,
  error: ImagesError,
  { surroundings: { monotonic, schedule } }: RetryOptions,
): Promise<Reply<Result> | undefined> {
  const ms = deadlineAt - monotonic()
  try {
    return await settleWithin<Reply<Result> | undefined>(
      { schedule, ms, signal, onTime: (_, reject) => reject(error) },
      (resolve, reject) => void read?.().then(resolve, reject),
    )
  } catch {
    signal?.throwIfAborted()
    throw error
  }
}
