/** What is timed, ready to be called again and again. */
export interface Subject {
  readonly call: () => Promise<unknown>
  /** Sets up what the next calls need, so many of them, while nothing is timed. */
  readonly prepareCalls?: (calls: number) => Promise<void>
  /** Lets go of timers and the like. */
  readonly end?: () => unknown
}

/** How calls are timed that go on in a steady way. */
export interface Rhythm {
  readonly warmUpMs: number
  readonly batches: number
  /** How long a batch takes, more or less. */
  readonly batchMs: number
  /** How many calls a batch has at the least. */
  readonly minCalls: number
}

/** One thing to time. */
export interface Case {
  /** Sets it up, with so many calls behind it. */
  readonly prepare: (callsBefore: number) => Promise<Subject>
  /**
   * Set if every timed call must be rejected: a part of the reason. A subject that fails where it should not, or for
   * another reason, would look fast.
   */
  readonly rejectsWith?: string
  /** For calls that are long, or that pay something only now and then. @default 20 batches of 15 ms */
  readonly rhythm?: Rhythm
}

/** A tenth of the batches is quicker: what other processes do on the machine only ever adds to a batch. */
const QUIET = 0.1
const WARM_UP_MS = 350
const STEADY: Rhythm = { warmUpMs: WARM_UP_MS, batches: 20, batchMs: 15, minCalls: 10 }
const FRESH_BATCHES = 7
const FRESH_BATCH_CALLS = 20
const FRESH_WARM_UP_CALLS_BEFORE = 1000

/** Times awaited calls of one subject, one after the other. Returns nanoseconds a call, in the quiet batches. */
export async function timeSteady(one: Case): Promise<number> {
  const { prepare, rejectsWith, rhythm = STEADY } = one
  const subject = await prepare(0)
  const roughNs = await warmUp(subject, rhythm)
  const calls = Math.max(rhythm.minCalls, Math.round((rhythm.batchMs * 1e6) / roughNs))
  const figures: number[] = []
  for (let batch = 0; batch < rhythm.batches; batch += 1) {
    figures.push(await timeBatch({ subject, rejectsWith, calls }))
  }
  await subject.end?.()
  return pick(figures, QUIET)
}

/**
 * The same for subjects that change as they are called: every batch has one of its own, with so many calls
 * behind it, and is short, since each of its calls adds to that.
 */
export async function timeFresh(
  { prepare, rejectsWith }: Case,
  callsBefore: number,
  warmUpMs = WARM_UP_MS,
): Promise<number> {
  const first = await prepare(FRESH_WARM_UP_CALLS_BEFORE)
  await warmUp(first, { warmUpMs, minCalls: FRESH_BATCH_CALLS })
  await first.end?.()
  const figures: number[] = []
  for (let batch = 0; batch < FRESH_BATCHES; batch += 1) {
    const subject = await prepare(callsBefore)
    figures.push(await timeBatch({ subject, rejectsWith, calls: FRESH_BATCH_CALLS }))
    await subject.end?.()
  }
  return pick(figures, QUIET)
}

/** Picks the figure below which lies such a share of them: 0.5 is the median. */
export function pick(figures: readonly number[], share: number): number {
  const picked = figures.toSorted((a, b) => a - b)[Math.floor(figures.length * share)]
  if (picked === undefined) throw new RangeError(`There is no figure at ${share}.`)
  return picked
}

/** Calls until the time is over, so that everything hot is compiled. Returns what a call cost at last. */
async function warmUp(
  { call, prepareCalls }: Subject,
  { warmUpMs, minCalls }: Pick<Rhythm, 'warmUpMs' | 'minCalls'>,
): Promise<number> {
  const end = performance.now() + warmUpMs
  let nsPerCall = Infinity
  for (let calls = minCalls; performance.now() < end; calls = Math.min(2000, calls * 2)) {
    await prepareCalls?.(calls)
    const startedAt = performance.now()
    await callTimes(call, calls)
    nsPerCall = toNs(performance.now() - startedAt, calls)
  }
  return nsPerCall
}

async function timeBatch(batch: {
  readonly subject: Subject
  readonly rejectsWith: string | undefined
  readonly calls: number
}): Promise<number> {
  const { subject, rejectsWith, calls } = batch
  await subject.prepareCalls?.(calls)
  const startedAt = performance.now()
  const { rejected, reason } = await callTimes(subject.call, calls)
  const ms = performance.now() - startedAt
  const isAsExpected =
    rejectsWith === undefined
      ? rejected === 0
      : rejected === calls && String(reason).includes(rejectsWith)
  if (isAsExpected) return toNs(ms, calls)
  throw new Error(
    `${rejected} of ${calls} calls were rejected, the last one with: ${String(reason)}`,
  )
}

/** Returns how many were rejected, and why the last of them was. */
async function callTimes(
  call: Subject['call'],
  calls: number,
): Promise<{ readonly rejected: number; readonly reason: unknown }> {
  let rejected = 0
  let reason: unknown
  for (let at = 0; at < calls; at += 1) {
    try {
      await call()
    } catch (error) {
      rejected += 1
      reason = error
    }
  }
  return { rejected, reason }
}

function toNs(ms: number, calls: number): number {
  return (ms * 1e6) / calls
}
