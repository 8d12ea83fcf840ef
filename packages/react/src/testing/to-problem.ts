import { failures } from '@lightfast/core'
import type { Failure } from '@lightfast/core'

/** Answers a failure as our server does: as a problem document. */
export function toProblem({ code, message, stage, retryAfterMs }: Failure): Response {
  const { httpStatus: status, retry } = failures[code]
  const title = code.replaceAll('_', ' ')
  const problem = { status, title, detail: message, code, stage, retry, requestId: 'req-1' }
  return Response.json(retryAfterMs === undefined ? problem : { ...problem, retryAfterMs }, {
    status,
    headers: { 'content-type': 'application/problem+json' },
  })
}
