import { toSrcset } from '@lightfast/core'
import type { Candidate } from '@lightfast/core'
import { parseJson } from '../parse-json.ts'
import type { FreshPicture } from './use-picture.ts'

export interface RefreshFromOptions {
  /** The named variant that is shown, such as `gallery-480`. */
  readonly variant: string
  /** The widths of a preset, each of which is signed by itself: one call for each. @default `variant` alone */
  readonly variants?: readonly Candidate[]
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>
  /** A signal that aborts after so many milliseconds. One call has 10 s. */
  readonly timeout?: (ms: number) => AbortSignal
}

const DEADLINE_MS = 10_000

/**
 * Makes the way to ask our server for a fresh address of an image, by `GET <endpoint>/<id>/url`. Null where it has none: the image is gone,
 * or may not be seen any more. Throws what the network throws.
 */
export function refreshFrom(
  endpoint: string,
  options: RefreshFromOptions,
): (image: { readonly id: string }) => Promise<FreshPicture | null> {
  const { variant, variants = [] } = options
  return async ({ id }) => {
    const names = [...new Set([variant, ...variants.map((one) => one.id)])]
    const base = `${endpoint.replace(/\/+$/, '')}/${encodeURIComponent(id)}/url`
    const found = await Promise.all(names.map((name) => ask(`${base}?variant=${name}`, options)))
    const signed = new Map(found.flatMap((url, at) => (url ? [[names[at] ?? '', url]] : [])))
    const main = signed.get(variant)
    if (main === undefined) return null
    const expiresAt = Math.min(...[...signed.values()].map((one) => one.expiresAt))
    const widths = variants.filter((one) => signed.has(one.id))
    const srcSet = toSrcset(widths, (name) => signed.get(name)?.url ?? '')
    return { src: main.url, expiresAt, ...(srcSet !== '' && { srcSet }) }
  }
}

interface Signed {
  readonly url: string
  readonly expiresAt: number
}

async function ask(
  url: string,
  { fetch = fetchGlobal, timeout = timeoutGlobal }: RefreshFromOptions,
): Promise<Signed | undefined> {
  const response = await fetch(url, { credentials: 'same-origin', signal: timeout(DEADLINE_MS) })
  const json = parseJson(await response.text())
  return response.ok && isSigned(json) ? json : undefined
}

const fetchGlobal = (url: string, init: RequestInit): Promise<Response> => fetch(url, init)
const timeoutGlobal = (ms: number): AbortSignal => AbortSignal.timeout(ms)

const isSigned = (json: unknown): json is Signed =>
  typeof json === 'object' &&
  json !== null &&
  'url' in json &&
  typeof json.url === 'string' &&
  'expiresAt' in json &&
  typeof json.expiresAt === 'number'
