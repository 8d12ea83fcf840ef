/** The worker's own file: draws what it is asked to, and answers each request once. */
import { draw } from './draw.ts'
import type { FromWorker, ToWorker } from './worker-messages.ts'

const running = new Map<number, AbortController>()

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.type === 'cancel') running.get(data.id)?.abort()
  else void answer(data)
})

async function answer(request: Extract<ToWorker, { type: 'draw' }>): Promise<void> {
  const controller = new AbortController()
  running.set(request.id, controller)
  const reply = await toReply(request, controller.signal)
  running.delete(request.id)
  postMessage(reply)
}

async function toReply(
  { id, source, order }: Extract<ToWorker, { type: 'draw' }>,
  signal: AbortSignal,
): Promise<FromWorker> {
  if (typeof OffscreenCanvas === 'undefined') return { id, status: 'unable' }
  try {
    return { id, status: 'drawn', blob: await draw(source, order, signal) }
  } catch (error) {
    return { id, status: 'failed', message: String(error) }
  }
}
