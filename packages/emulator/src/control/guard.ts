import type { MiddlewareHandler } from 'hono'
import type { EmulatorEnv } from '../emulation.ts'

const loopback: readonly string[] = ['localhost', '127.0.0.1', '[::1]']

/**
 * Creates the layer that lets nobody but this machine's own pages in: the host must be the loopback or a
 * listed one, so a name that merely resolves here does not do, and a browser's `Origin` must be that host.
 * What changes something must be JSON, which a form of another page cannot send.
 */
export function guard(controlHosts: readonly string[]): MiddlewareHandler<EmulatorEnv> {
  return async function keepOut(c, next) {
    const { host, hostname } = new URL(c.req.url)
    const isOurs = [...loopback, ...controlHosts].some((name) => name === host || name === hostname)
    if (!isOurs) return c.json({ message: `The host ${host} may not use this` }, 403)
    const origin = c.req.header('Origin')
    if (origin !== undefined && hostOf(origin) !== host)
      return c.json({ message: 'Another origin may not use this' }, 403)
    if (!isReading(c.req.method) && !isJson(c.req.header('Content-Type')))
      return c.json({ message: 'The body must be JSON and say so' }, 415)
    await next()
    c.res.headers.set('Cross-Origin-Resource-Policy', 'same-origin')
    c.res.headers.set('X-Content-Type-Options', 'nosniff')
    c.res.headers.set('Cache-Control', 'no-store')
    return undefined
  }
}

const hostOf = (origin: string): string | undefined =>
  URL.canParse(origin) ? new URL(origin).host : undefined

const isReading = (method: string): boolean => method === 'GET' || method === 'HEAD'

const isJson = (contentType: string | undefined): boolean =>
  contentType?.split(';')[0]?.trim().toLowerCase() === 'application/json'
