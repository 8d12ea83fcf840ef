import type { Call } from '../resilience/layer.ts'
import type { ApiSurroundings, Endpoint } from './api.ts'
import type { Host } from './hosts.ts'
import { toSegment } from './image-id.ts'
import { readReply } from './read-reply.ts'

/** What holds for a call on whichever host. */
export type Limits = Pick<Call, 'signal' | 'deadlineAt' | 'repeat' | 'tally'>

export interface DescribeOptions {
  readonly host: Host
  readonly limits: Limits
  readonly surroundings: ApiSurroundings
}

/** Describes a call of an endpoint on a host. */
export function describeCall<Result>(
  endpoint: Endpoint<Result>,
  { host, limits, surroundings }: DescribeOptions,
): Call<Result> {
  const { operation, method, readBack, bodyMs = 0 } = endpoint
  const { now, monotonic } = surroundings
  const path = endpoint.path.map(toSegment).join('/')
  // An attempt that was given up is never read, so this is always the signal of the one that is.
  let attemptSignal: AbortSignal | undefined
  return {
    operation,
    circuit: toCircuit(host, method),
    gate: host.key,
    ...limits,
    bodyMs,
    makeRequest(signal) {
      attemptSignal = signal
      return makeRequest(`${host.url}/${path}`, host.token, { endpoint, signal })
    },
    readReply: (response) => readReply(response, endpoint, { signal: attemptSignal, now: now() }),
    ...(readBack && {
      async readBack() {
        const deadlineMs = Math.max(1, limits.deadlineAt - monotonic())
        const { signal } = limits
        const result = await readBack({ deadlineMs, ...(signal && { signal }) })
        return result === undefined ? undefined : { result }
      },
    }),
  }
}

function toCircuit({ key }: Host, method: string): Call['circuit'] {
  if (key === 'batch') return key
  return method === 'GET' ? 'read' : 'write'
}

/**
 * The token must not follow a redirect to another host, so none is followed: its reply is no envelope. Node's `fetch` keeps a body of
 * files whole in memory, to send it again after a redirect, unless a redirect is an error. A Worker knows no such redirect, and keeps nothing.
 */
function makeRequest(
  url: string,
  token: string,
  { endpoint, signal }: { readonly endpoint: Endpoint<unknown>; readonly signal: AbortSignal },
): Request {
  const { method, query, makeBody } = endpoint
  const body = makeBody?.() ?? null
  const headers = {
    authorization: `Bearer ${token}`,
    ...(typeof body === 'string' && { 'content-type': 'application/json' }),
  }
  const whole = query ? `${url}?${query}` : url
  const init = { method, headers, body, signal }
  try {
    return new Request(whole, { ...init, redirect: body instanceof FormData ? 'error' : 'manual' })
  } catch {
    return new Request(whole, { ...init, redirect: 'manual' })
  }
}
