import { createFailure, failures, ImagesError } from '@lightfast/core'
import type { Failure, FailureFacts, Problem } from '@lightfast/core'
import { HTTPException } from 'hono/http-exception'

export interface ProblemReply {
  readonly problem: Problem
  readonly headers: Readonly<Record<string, string>>
}

/**
 * Turns any error of a route into a problem document (RFC 9457). Of an error that is not in the failure
 * table nothing is told but the request id.
 */
export function toProblem(error: unknown, requestId: string): ProblemReply {
  const failure = toFailure(error)
  const { httpStatus, retry }: FailureFacts = failures[failure.code]
  const problem: Problem = {
    status: httpStatus,
    title: failure.code.replaceAll('_', ' '),
    detail: failure.message,
    code: failure.code,
    stage: failure.stage,
    // What could be tried again inside this call has been: from here on it is the browser's turn.
    retry: retry === 'soon' ? 'later' : retry,
    requestId,
    ...(failure.retryAfterMs !== undefined && { retryAfterMs: Math.ceil(failure.retryAfterMs) }),
    ...(error instanceof ImagesError && error.field !== undefined && { field: error.field }),
  }
  return { problem, headers: toHeaders(failure) }
}

function toFailure(error: unknown): Failure {
  if (error instanceof ImagesError) return error.failure
  if (error instanceof HTTPException && error.status < 500) {
    return createFailure(
      'invalid_request',
      'The request could not be read: send JSON as documented.',
    )
  }
  return createFailure(
    'server_failed',
    'The server failed. Its log has more under this request id.',
  )
}

function toHeaders({ retryAfterMs }: Failure): Record<string, string> {
  const headers = { 'content-type': 'application/problem+json', 'cache-control': 'no-store' }
  if (retryAfterMs === undefined) return headers
  return { ...headers, 'retry-after': String(Math.ceil(retryAfterMs / 1000)) }
}
