export interface Timer {
  readonly at: number
  /** Counts up: of two timers that are due at the same moment, the one set first runs first. */
  readonly order: number
  readonly run: () => void
  cancelled: boolean
}

export interface TimerQueue {
  readonly add: (timer: Timer) => void
  /** Takes out the one that is due first. */
  readonly take: () => Timer | undefined
}

/** Makes a queue of timers: a binary heap, since most of them are time-outs that lie far ahead. */
export function createTimerQueue(): TimerQueue {
  const heap: Timer[] = []
  return { add, take }

  function add(timer: Timer): void {
    let at = heap.push(timer) - 1
    while (at > 0) {
      const above = (at - 1) >> 1
      if (!swapIfEarlier(at, above)) return
      at = above
    }
  }

  function take(): Timer | undefined {
    const first = heap[0]
    const last = heap.pop()
    if (!last || last === first) return first
    heap[0] = last
    sink()
    return first
  }

  function sink(): void {
    let at = 0
    for (;;) {
      const below = findEarlier(2 * at + 1, 2 * at + 2)
      if (!swapIfEarlier(below, at)) return
      at = below
    }
  }

  function findEarlier(left: number, right: number): number {
    const [one, other] = [heap[left], heap[right]]
    return one && other && isEarlier(other, one) ? right : left
  }

  function swapIfEarlier(low: number, high: number): boolean {
    const [one, other] = [heap[low], heap[high]]
    if (!one || !other || !isEarlier(one, other)) return false
    heap[high] = one
    heap[low] = other
    return true
  }
}

function isEarlier(one: Timer, other: Timer): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order)
}
