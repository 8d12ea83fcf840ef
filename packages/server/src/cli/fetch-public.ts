import { lookup as lookUp } from 'node:dns'
import { request as requestHttp } from 'node:http'
import type { IncomingMessage, RequestOptions } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP } from 'node:net'
import type { LookupFunction } from 'node:net'
import { ImagesError } from '@lightfast/core'
import type { FailureCode } from '@lightfast/core'
import ipaddr from 'ipaddr.js'

export interface FetchPublicOptions {
  /** `any`: addresses of this machine and its network are asked as well. */
  readonly hosts: 'public' | 'any'
  /** For all of it, redirects and body included. */
  readonly timeoutMs: number
}

export interface Fetched {
  readonly body: ReadableStream<Uint8Array>
  /** Aborts when the time is over, while the body is read as well. */
  readonly signal: AbortSignal
}

const MAX_REDIRECTS = 5

/**
 * Asks an address from outside, and follows it where it leads. Every connection is judged by the very address that it goes to, so
 * that no name and no redirect leads into our own network.
 * @throws ImagesError that never repeats the address.
 */
export async function fetchPublic(address: string, options: FetchPublicOptions): Promise<Fetched> {
  const signal = AbortSignal.timeout(options.timeoutMs)
  let url = toUrl(address, undefined)
  for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
    const reply = await ask(url, options, signal)
    const next = readRedirect(reply)
    if (next === undefined) return { body: toBody(reply), signal }
    reply.destroy()
    url = toUrl(next, url)
  }
  throw new ImagesError('host_refused', 'The address leads from one to the next without end.')
}

function toUrl(text: string, base: URL | undefined): URL {
  if (!URL.canParse(text, base)) throw toInvalid('The address cannot be read.')
  const url = new URL(text, base)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw toInvalid('Only addresses of http and https can be asked.')
  }
  if (url.username !== '' || url.password !== '') {
    throw toInvalid('An address must not hold a password.')
  }
  return url
}

function toInvalid(message: string): ImagesError {
  return new ImagesError('invalid_request', message)
}

function ask(url: URL, { hosts }: FetchPublicOptions, signal: AbortSignal) {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  // Node asks nobody about a host that is an address itself.
  if (hosts === 'public' && isIP(host) !== 0 && !isPublic(host)) throw toPrivate()
  const headers = { accept: 'image/*', 'accept-encoding': 'identity', 'user-agent': 'lightfast' }
  const lookup = hosts === 'public' ? { lookup: lookUpPublic } : {}
  const options: RequestOptions = { headers, signal, agent: false, ...lookup }
  return new Promise<IncomingMessage>((resolve, reject) => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp
    const request = send(url, options, resolve)
    request.on('error', (error) => reject(toFetchFailure(error)))
    request.end()
  })
}

/** Looks a name up as Node does, and refuses it if any of its addresses is not public. */
const lookUpPublic: LookupFunction = (hostname, options, callback) => {
  lookUp(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, [])
    const [first] = addresses
    if (!first || addresses.some(({ address }) => !isPublic(address))) {
      return callback(toPrivate(), [])
    }
    if (options.all === true) callback(null, addresses)
    else callback(null, first.address, first.family)
  })
}

/** Asks whether an address is one of the public internet. One of IPv4 in the clothes of IPv6 is judged as what it is. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  return ipaddr.process(address).range() === 'unicast'
}

function toPrivate(): ImagesError {
  const message = 'The address leads into a private network. --allow-private would let it.'
  return new ImagesError('forbidden', message)
}

/** Tells why an address did not answer, or broke off. */
export function toFetchFailure(error: unknown): ImagesError {
  if (error instanceof ImagesError) return error
  const isLate = error instanceof Error && /^(?:Timeout|Abort)Error$/.test(error.name)
  const message = isLate
    ? 'The address did not answer in time.'
    : 'The address could not be reached, or broke off.'
  return new ImagesError('server_unreachable', message, { cause: error })
}

function readRedirect({ statusCode = 0, headers }: IncomingMessage): string | undefined {
  const isRedirect = [301, 302, 303, 307, 308].includes(statusCode)
  return isRedirect ? headers.location : undefined
}

function toBody(reply: IncomingMessage): ReadableStream<Uint8Array> {
  const { statusCode = 0, headers } = reply
  const encoding = headers['content-encoding'] ?? 'identity'
  if (statusCode === 200 && encoding === 'identity') return toStream(reply)
  reply.destroy()
  if (statusCode === 200) {
    throw new ImagesError('host_refused', `The address answers in the encoding ${encoding}.`)
  }
  const retryAfterMs = readRetryAfter(headers['retry-after'])
  throw new ImagesError(toCode(statusCode), `The address answers ${statusCode}.`, { retryAfterMs })
}

/** Read as it is asked for, and cut when nobody wants the rest. */
function toStream(reply: IncomingMessage): ReadableStream<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = reply[Symbol.asyncIterator]()
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await chunks.next()
        if (done === true) controller.close()
        else controller.enqueue(value)
      },
      cancel: () => void reply.destroy(),
    },
    { highWaterMark: 0 },
  )
}

/** A stranger's server that is busy is no reason to let all others wait, so none of these is of Cloudflare's. */
function toCode(status: number): FailureCode {
  if (status === 404 || status === 410) return 'not_found'
  if (status === 401 || status === 403) return 'forbidden'
  return status === 429 || status >= 500 ? 'server_unreachable' : 'host_refused'
}

const MAX_RETRY_AFTER_S = 600

function readRetryAfter(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,9}$/.test(text)) return undefined
  return Math.min(Number(text), MAX_RETRY_AFTER_S) * 1000
}
