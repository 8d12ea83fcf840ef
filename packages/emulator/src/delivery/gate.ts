/** Lets so many jobs run at once and so many wait. */
export type Gate = <Value>(job: () => Promise<Value>) => Promise<Value>

/** Limits a gate; `refusal` is thrown at whoever would wait beyond them. */
export interface GateLimits {
  readonly running: number
  readonly waiting: number
  readonly refusal: () => Error
}

/** Creates a gate that lets those who wait through in turn. */
export function createGate(limits: GateLimits): Gate {
  const queue: (() => void)[] = []
  let running = 0

  async function enter(): Promise<void> {
    if (running < limits.running) return void (running += 1)
    if (queue.length >= limits.waiting) throw limits.refusal()
    // Whoever leaves hands over its place, so that the count stays.
    await new Promise<void>((resolve) => queue.push(resolve))
  }

  function leave(): void {
    const next = queue.shift()
    if (next) next()
    else running -= 1
  }

  return async function pass(job) {
    await enter()
    try {
      return await job()
    } finally {
      leave()
    }
  }
}
