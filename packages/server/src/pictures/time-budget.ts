import type { Surroundings } from '../surroundings.ts'

/** What is left of the time that one answer may take. */
export interface TimeBudget {
  /** Waits for work while there is time. Undefined if it is not there by then, or fails: it may go on, but nobody waits for it. */
  readonly within: <Result>(work: Promise<Result>) => Promise<Result | undefined>
  /** Lets go of the timer. */
  readonly end: () => void
}

/** Starts the clock. What has settled by the end is there, even if it is asked for only then. */
export function startBudget(ms: number, schedule: Surroundings['schedule']): TimeBudget {
  let end: () => void = nothing
  const over = new Promise<void>((resolve) => {
    end = schedule(resolve, ms)
  })
  return {
    within: (work) => Promise.race([work.then(keep, nothing), over.then(nothing)]),
    end: () => end(),
  }
}

function keep<Result>(result: Result): Result {
  return result
}

function nothing(): undefined {}
