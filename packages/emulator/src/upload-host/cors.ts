import type { MiddlewareHandler } from 'hono'
import type { EmulatorEnv } from '../emulation.ts'
import type { EmulatorSettings } from '../settings.ts'

/** Answers a browser's question before an upload; which headers production lists is a setting. */
export function answerPreflight({ corsAllowHeaders }: EmulatorSettings): Response {
  return new Response(null, {
    status: 204,
    headers: {
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': 'POST, OPTIONS',
      'Access-Control-Allow-Headers': corsAllowHeaders.join(', '),
    },
  })
}

/** Lets any page read the reply, refusals included. */
export const allowAnyOrigin: MiddlewareHandler<EmulatorEnv> = async (c, next) => {
  await next()
  c.res.headers.set('Access-Control-Allow-Origin', '*')
}
