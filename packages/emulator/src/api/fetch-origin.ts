/** Uploading by `url`: https://developers.cloudflare.com/images/storage/upload-images/upload-url/ */
import { readBody } from '../body.ts'
import { refused } from '../codes.ts'
import { isPublicAddress, isPublicHost } from './public-address.ts'
import type { EmulatorConfig } from '../options.ts'
import type { RefusedError } from '../refusal.ts'

const MAX_REDIRECTS = 5

/** Fetches the file an upload names by its address; refuses with 5454 whatever goes wrong there. */
export async function fetchOrigin(
  given: string,
  signal: AbortSignal,
  config: EmulatorConfig,
): Promise<File> {
  // A timer of the platform, not the emulator's `sleep`: a test that skips delays must not run out of time here.
  const deadline = AbortSignal.timeout(config.settings.urlTimeoutMs)
  const leaving = AbortSignal.any([signal, deadline])
  const reading = follow(toTarget(given, config), leaving, config)
  const bytes = await Promise.race([reading, rejectOn(leaving, config)])
  return new File([bytes], nameOf(given))
}

/** An address that may be asked, and what to say there. */
interface Target {
  readonly url: URL
  readonly authorization: string | undefined
}

function toTarget(given: string, config: EmulatorConfig): Target {
  const url = URL.canParse(given) ? new URL(given) : undefined
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw cannotFetch('it is not an http or https URL', config)
  const { username, password } = url
  url.username = ''
  url.password = ''
  const authorization = username || password ? toBasic(username, password) : undefined
  return { url, authorization }
}

async function follow(
  target: Target,
  signal: AbortSignal,
  config: EmulatorConfig,
): Promise<Uint8Array<ArrayBuffer>> {
  let { url, authorization } = target
  for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
    await checkHost(url, config)
    const response = await ask({ url, authorization }, signal, config)
    const location = response.headers.get('Location')
    if (!isRedirect(response.status) || location === null) return readFile(response, config)
    await response.body?.cancel()
    const next = toTarget(URL.canParse(location, url) ? new URL(location, url).href : '', config)
    authorization =
      next.authorization ?? (next.url.origin === url.origin ? authorization : undefined)
    url = next.url
  }
  throw cannotFetch('there are too many redirects', config)
}

async function checkHost({ hostname }: URL, config: EmulatorConfig): Promise<void> {
  if (config.allowPrivateUrls) return
  const isPrivate = !isPublicHost(hostname) || (await leadsInside(hostname, config))
  if (isPrivate) throw cannotFetch('its host is private (see the option allowPrivateUrls)', config)
}

async function leadsInside(hostname: string, config: EmulatorConfig): Promise<boolean> {
  if (!config.resolveHost || hostname.startsWith('[')) return false
  try {
    return !(await config.resolveHost(hostname)).every(isPublicAddress)
  } catch {
    throw cannotFetch('its host is not known', config)
  }
}

async function ask(
  { url, authorization }: Target,
  signal: AbortSignal,
  config: EmulatorConfig,
): Promise<Response> {
  const headers = authorization === undefined ? {} : { Authorization: authorization }
  try {
    return await config.fetch(new Request(url, { headers, redirect: 'manual', signal }))
  } catch {
    throw cannotFetch('its host cannot be reached', config)
  }
}

async function readFile(
  response: Response,
  config: EmulatorConfig,
): Promise<Uint8Array<ArrayBuffer>> {
  if (!response.ok) throw cannotFetch(`its host answered ${response.status}`, config)
  const maxBytes = config.settings.maxUploadBytes
  const bytes = await readOrRefuse(response, maxBytes, config)
  if (bytes === 'too-large') throw refused(5413, config.settings)
  return bytes
}

async function readOrRefuse(
  response: Response,
  maxBytes: number,
  config: EmulatorConfig,
): Promise<Uint8Array<ArrayBuffer> | 'too-large'> {
  try {
    return await readBody(response, { maxBytes, excess: 'leave' })
  } catch {
    throw cannotFetch('its host broke off', config)
  }
}

function rejectOn(signal: AbortSignal, config: EmulatorConfig): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (): void => reject(cannotFetch('its host took too long', config))
    if (signal.aborted) return stop()
    signal.addEventListener('abort', stop, { once: true })
  })
}

/** The words are ours, and never repeat the URL: it may hold a password. */
const cannotFetch = (why: string, { settings }: EmulatorConfig): RefusedError =>
  refused(5454, settings, `The image cannot be fetched from the url: ${why}`)

const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status)

const toBasic = (username: string, password: string): string => {
  const text = `${decode(username)}:${decode(password)}`
  return `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode(text)))}`
}

/** The last part of the path; assumed, as is `image` where there is none. */
const nameOf = (url: string): string =>
  decode(new URL(url).pathname.split('/').at(-1) ?? '') || 'image'

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
