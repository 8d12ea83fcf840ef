/** A clock that runs faster than the real one, and alike in all processes of a run. */

/** From the real moment `realAt` on it is `at`, and goes on `rate` times as fast. All in ms since the epoch. */
export interface ClockSetting {
  readonly realAt: number
  readonly at: number
  readonly rate: number
}

export interface FastClock {
  /** Milliseconds since the epoch, whole ones. */
  readonly now: () => number
  /** Never goes back, and never stands still, also when a setting comes late and sets the time back. */
  readonly monotonic: () => number
  /** Runs something after so many of its own milliseconds. What it returns cancels that. */
  readonly schedule: (run: () => void, ms: number) => () => void
  /** Rejects with the signal's reason as soon as it aborts. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>
  /** How long so many of its milliseconds are in truth, at its present rate. */
  readonly toRealMs: (ms: number) => number
  /** Takes over a setting, which may begin a little later. Pauses that are under way follow it. */
  readonly set: (setting: ClockSetting) => void
  /** Makes the setting by which it runs at another rate, soon enough for other processes to hear of it before. */
  readonly plan: (rate: number) => ClockSetting
}

/** The real world, of which the clock is made. */
export interface RealTime {
  /** Milliseconds since the epoch, the same in all processes. */
  readonly now: () => number
  readonly schedule: (run: () => void, ms: number) => () => void
}

/** How long a setting is known before it begins. */
const NOTICE_MS = 40

const realTime: RealTime = {
  now: () => performance.timeOrigin + performance.now(),
  schedule(run, ms) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

/** Makes the setting of a run that begins now. */
export function beginClock(rate: number, { now }: Pick<RealTime, 'now'> = realTime): ClockSetting {
  return { realAt: now(), at: now(), rate }
}

/** Makes a clock that runs by this setting until it is given another. */
export function createFastClock(initial: ClockSetting, real: RealTime = realTime): FastClock {
  const timers = new Set<Timer>()
  let current = initial
  let next: ClockSetting | undefined
  let last = readAt(initial, real.now())
  let passed = last

  function read(): number {
    const realNow = real.now()
    if (next && realNow >= next.realAt) {
      current = next
      next = undefined
    }
    return readAt(current, realNow)
  }

  /** A process that stood still while its clock ran fast is set back afterwards: what goes by this, and by timers, goes on. */
  function monotonic(): number {
    const at = read()
    passed += Math.max(0, at - last)
    last = at
    return passed
  }

  function arm(timer: Timer): void {
    timer.cancel()
    const waitMs = Math.max(0, timer.dueAt - monotonic()) / current.rate
    timer.cancel = real.schedule(() => ring(timer), waitMs)
  }

  /** A real timer may be early by a little, and a new setting changes what early is. */
  function ring(timer: Timer): void {
    if (monotonic() < timer.dueAt) return arm(timer)
    timers.delete(timer)
    timer.run()
  }

  function schedule(run: () => void, ms: number): () => void {
    const timer: Timer = { run, dueAt: monotonic() + ms, cancel: () => undefined }
    timers.add(timer)
    arm(timer)
    return function cancelTimer() {
      timer.cancel()
      timers.delete(timer)
    }
  }

  function set(setting: ClockSetting): void {
    next = setting
    real.schedule(() => timers.forEach(arm), Math.max(0, setting.realAt - real.now()) + 1)
  }

  return {
    now: () => Math.floor(read()),
    monotonic,
    schedule,
    sleep: (ms, signal) => sleep(schedule, ms, signal),
    toRealMs: (ms) => ms / current.rate,
    set,
    plan(rate) {
      const realAt = real.now() + NOTICE_MS
      return { realAt, at: readAt(current, realAt), rate }
    },
  }
}

interface Timer {
  readonly run: () => void
  readonly dueAt: number
  cancel: () => void
}

function readAt({ realAt, at, rate }: ClockSetting, realNow: number): number {
  return at + (realNow - realAt) * rate
}

function sleep(
  schedule: FastClock['schedule'],
  ms: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const cancel = schedule(wake, ms)
    signal?.addEventListener('abort', leave, { once: true })

    function wake(): void {
      signal?.removeEventListener('abort', leave)
      resolve()
    }
    function leave(): void {
      cancel()
      reject(signal?.reason)
    }
  })
}
