import { ImagesError, toSrcset } from '@lightfast/core'
import type { Candidate, SignedUrl } from '@lightfast/core'
import { createServerCaller, timeoutGlobal } from '../call-server.ts'
import type { ServerCaller, ServerCallerOptions } from '../call-server.ts'
import { createLine } from './create-line.ts'
import { isSignedUrl } from './is-signed-url.ts'
import type { FreshPicture } from './use-picture.ts'

export interface RefreshFromOptions extends Pick<ServerCallerOptions, 'fetch' | 'timeout'> {
  /** The named variant that is shown, such as `gallery-480`. */
  readonly variant: string
  /** The widths of a preset, each of which is signed by itself: one call for each. @default `variant` alone */
  readonly variants?: readonly Candidate[]
}

/** Less than others have: a picture waits for it. */
const DEADLINE_MS = 10_000
/** As many as a browser sends at once anyway: those behind them must not use up their time in its queue. */
const AT_ONCE = 6

/**
 * Makes the way to ask our server for a fresh address of an image, by `GET <endpoint>/<id>/url`. Null where it has none: the image is gone,
 * or may not be seen any more.
 * @throws ImagesError `server_unreachable` where nobody answers in time.
 */
export function refreshFrom(
  endpoint: string,
  { variant, variants = [], fetch, timeout = timeoutGlobal }: RefreshFromOptions,
): (image: { readonly id: string }) => Promise<FreshPicture | null> {
  const { call } = createServerCaller({ endpoint, fetch, timeout: () => timeout(DEADLINE_MS) })
  const takeTurn = createLine(AT_ONCE)
  return async ({ id }) => {
    const names = [...new Set([variant, ...variants.map((one) => one.id)])]
    const path = `/${encodeURIComponent(id)}/url`
    const found = await Promise.all(
      names.map((name) => takeTurn(() => ask(`${path}?variant=${name}`, call))),
    )
    const signed = new Map(found.flatMap((url, at) => (url ? [[names[at] ?? '', url]] : [])))
    const main = signed.get(variant)
    if (main === undefined) return null
    const expiresAt = Math.min(...[...signed.values()].map((one) => one.expiresAt))
    const widths = variants.filter((one) => signed.has(one.id))
    const srcSet = toSrcset(widths, (name) => signed.get(name)?.url ?? '')
    return { src: main.url, expiresAt, ...(srcSet !== '' && { srcSet }) }
  }
}

/** Null whatever the server says in place of an address. */
async function ask(path: string, call: ServerCaller['call']): Promise<SignedUrl | null> {
  // Nobody calls it off: a picture that is gone takes no answer.
  const { signal } = new AbortController()
  try {
    return await call({ path, guard: isSignedUrl, signal })
  } catch (error) {
    if (error instanceof ImagesError && error.code !== 'server_unreachable') return null
    throw error
  }
}
