/** Limits of the API: https://developers.cloudflare.com/fundamentals/api/reference/limits/ */
import { drainBody } from '../body.ts'
import { fail } from '../envelope.ts'
import { createLimiter } from './limiter.ts'
import type { MiddlewareHandler } from 'hono'
import type { EmulatorEnv } from '../emulation.ts'
import type { Refusal } from '../refusal.ts'
import type { Quota, Verdict } from './limiter.ts'

/** Says who is limited and how the refusal reads. */
export interface RateLimitOptions {
  readonly quota: Quota
  readonly now: () => number
  /** Names who calls; calls of the same name are counted together. */
  readonly nameCaller: (headers: Headers) => string
  readonly refusal: Refusal
}

/** Creates the layer that counts every call, refuses those above the limit and tells each caller where it stands. */
export function limitRate(options: RateLimitOptions): MiddlewareHandler<EmulatorEnv> {
  const { quota, now, nameCaller, refusal } = options
  const limiter = createLimiter(quota, now)
  return async function countCall(c, next) {
    const verdict = limiter.take(nameCaller(c.req.raw.headers))
    if (verdict.admitted) await next()
    else {
      await drainBody(c.req.raw)
      c.res = refuse(refusal, verdict)
    }
    tell(c.res.headers, verdict, quota)
  }
}

function refuse(refusal: Refusal, { resetMs }: Verdict): Response {
  const response = fail(refusal)
  response.headers.set('Retry-After', String(toSeconds(resetMs)))
  return response
}

/** The form is documented; that the policy bears the same name as the limit is not. */
function tell(headers: Headers, { remaining, resetMs }: Verdict, quota: Quota): void {
  headers.set('Ratelimit', `"default";r=${remaining};t=${toSeconds(resetMs)}`)
  headers.set('Ratelimit-Policy', `"default";q=${quota.requests};w=${toSeconds(quota.windowMs)}`)
}

const toSeconds = (ms: number): number => Math.ceil(ms / 1000)
