import { ImagesError } from '@lightfast/core'
import type { Reply } from '../peers/shipped.ts'
import type { VirtualTime } from './virtual-time.ts'

/** What every attempt takes, whether the host answers or fails. */
const ATTEMPT_MS = 50

const [up, down] = [new Response(), new Response(null, { status: 503 })]

/** Lets an attempt reach the host, which answers 503 if it was down at that moment. */
export function answerLater(time: VirtualTime, host: 'up' | 'down'): Promise<Response> {
  return new Promise((resolve) => {
    time.schedule(() => resolve(host === 'up' ? up : down), ATTEMPT_MS)
  })
}

/** Reads such an answer. @throws ImagesError if the host was down. */
export async function readAnswer({ ok, status }: Response): Promise<Reply<null>> {
  if (ok) return { result: null }
  throw new ImagesError('host_unavailable', 'The host is down.', { status })
}
