import pLimit from 'p-limit'
import { refuse } from '../resilience/refuse.ts'

export interface RenderQueueConfig {
  /** How many pictures are drawn at once. */
  readonly concurrency: number
  /** How many may wait for that; further ones are refused at once. */
  readonly queue: number
}

export type RenderQueue = <Result>(draw: () => Promise<Result>) => Promise<Result>

const RETRY_AFTER_MS = 2000

/** Keeps a rush from filling the memory: so many pictures at once, so many in line, and nobody beyond. */
export function createRenderQueue({ concurrency, queue }: RenderQueueConfig): RenderQueue {
  const limit = pLimit(concurrency)
  return async function enter(draw) {
    if (limit.activeCount + limit.pendingCount < concurrency + queue) return limit(draw)
    throw refuse('client_busy', 'Too many pictures are being drawn. Try again in a moment.', {
      retryAfterMs: RETRY_AFTER_MS,
    })
  }
}
