import { ImagesError } from '@lightfast/core'
import type { Problem } from '@lightfast/core'
import { parseJson } from './parse-json.ts'
import { isProblem } from './reply-shapes.ts'
import type { Guard } from './shape.ts'

/** What our server answered, by whatever it was asked. */
export interface ServerReply {
  readonly status: number
  readonly text: string
  /** The header of that name. */
  readonly retryAfter: string | null
}

/** Reads a reply of our server. Throws an `ImagesError`, the one it describes if it is a problem document. */
export function readReply<T>(reply: ServerReply, guard: Guard<T>): T {
  const json = parseJson(reply.text)
  if (reply.status >= 200 && reply.status < 300 && guard(json)) return json
  throw isProblem(json) ? toError(json) : toUnreadable(reply)
}

function toError(problem: Problem): ImagesError {
  const { code, detail, stage, status, requestId, retryAfterMs, field } = problem
  return new ImagesError(code, detail, {
    stage,
    status,
    requestId,
    retryAfterMs,
    field,
  })
}

/** A proxy's error page, say, or the login page of a captive network. */
function toUnreadable({ status, retryAfter }: ServerReply): ImagesError {
  const seconds = Number(retryAfter ?? Number.NaN)
  return new ImagesError(
    'server_failed',
    `The server answered ${status} without a readable body.`,
    { status, retryAfterMs: Number.isFinite(seconds) ? seconds * 1000 : undefined },
  )
}
