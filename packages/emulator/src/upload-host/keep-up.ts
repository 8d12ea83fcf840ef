import { refused } from '../codes.ts'
import { withBody } from '../pace.ts'
import type { EmulatorConfig } from '../options.ts'

/**
 * Makes a request whose body is refused with 5408 once its sender falls behind: every `withinMs` it has to
 * bring `leastBytes`. So who sends next to nothing cannot hold a connection for long.
 */
export function keepUp(request: Request, config: EmulatorConfig): Request {
  const { slowUpload } = config.settings
  if (!request.body || slowUpload === 'off') return request
  const reader = request.body.getReader()
  const watch = createWatch(slowUpload, config)
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        try {
          const { done, value } = await Promise.race([reader.read(), watch.tooSlow])
          if (!done) watch.count(value.length)
          if (done) watch.stop()
          if (done) controller.close()
          else controller.enqueue(value)
        } catch (error) {
          watch.stop()
          reader.cancel(error).catch(() => {})
          throw error
        }
      },
      cancel(reason) {
        watch.stop()
        return reader.cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
  return withBody(request, body)
}

/** How much a sender has to bring, and in which time. */
export interface LeastSpeed {
  readonly withinMs: number
  readonly leastBytes: number
}

interface Watch {
  readonly count: (bytes: number) => void
  /** Rejects when the sender has fallen behind, also one that is silent. */
  readonly tooSlow: Promise<never>
  readonly stop: () => void
}

/** Watches one period after the other. */
function createWatch({ withinMs, leastBytes }: LeastSpeed, config: EmulatorConfig): Watch {
  const stopping = new AbortController()
  let bytes = 0

  /** A sleep handed in by a test may not wait at all: then the clock has not moved, and there is nothing to judge. */
  async function judge(): Promise<void> {
    for (;;) {
      const startedAt = config.now()
      bytes = 0
      await config.sleep(withinMs, stopping.signal)
      if (config.now() - startedAt < withinMs - TIMER_SLACK_MS) return
      if (bytes < leastBytes) throw refused(5408, config.settings)
    }
  }

  const tooSlow = new Promise<never>((_, reject) => {
    judge().catch(reject)
  })
  // Nobody may be waiting when a watch is stopped.
  tooSlow.catch(() => {})
  return {
    count(more) {
      bytes += more
    },
    tooSlow,
    stop: () => stopping.abort(new Error('The body has ended')),
  }
}

/** A timer may fire a little before the clock says so. */
const TIMER_SLACK_MS = 50
