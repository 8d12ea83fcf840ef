import { toSegment } from './image-id.ts'

/** Where Cloudflare is, and who we are there. */
export interface HostOptions {
  readonly accountId: string
  /** An API token with the permission Images: Edit. */
  readonly apiToken: string
  /** @default 'https://api.cloudflare.com/client/v4' */
  readonly baseUrl?: string
  /** `auto`: what is called for every upload goes over the batch host, which has a limit of its own. @default 'auto' */
  readonly batch?: 'off' | 'auto'
  /** @default 'https://batch.imagedelivery.net', or none if `baseUrl` is another than Cloudflare's */
  readonly batchUrl?: string
}

export interface Host {
  readonly key: 'api' | 'batch'
  /** Without a slash at its end. */
  readonly url: string
  readonly token: string
}

export interface Hosts {
  readonly api: Host
  /** Undefined if the batch host is not to be used. */
  readonly batchUrl: string | undefined
}

const API_URL = 'https://api.cloudflare.com/client/v4'
const BATCH_URL = 'https://batch.imagedelivery.net'

/**
 * Finds the hosts. A test host's batch token is not for Cloudflare, so another `baseUrl` alone turns the batch host off.
 * @throws TypeError if the account, the token or an address cannot be sent.
 */
export function toHosts({
  accountId,
  apiToken,
  baseUrl = API_URL,
  ...options
}: HostOptions): Hosts {
  const apiUrl = checkUrl('baseUrl', baseUrl)
  const { batch, batchUrl = apiUrl === API_URL ? BATCH_URL : undefined } = options
  if (!/^[!-~]+$/.test(apiToken)) throw new TypeError('apiToken must be ASCII without spaces.')
  return {
    api: {
      key: 'api',
      url: `${apiUrl}/accounts/${toSegment(accountId)}/images`,
      token: apiToken,
    },
    batchUrl:
      batch === 'off' || batchUrl === undefined
        ? undefined
        : `${checkUrl('batchUrl', batchUrl)}/images`,
  }
}

/** Asks whether paths can be put behind an address. `fetch` would refuse a password, and repeat it in its message. */
export function isHostUrl(url: string): boolean {
  return /^https?:\/\/[^/?#@]+(?:\/[^?#]*)?$/.test(url) && URL.canParse(url)
}

function checkUrl(name: string, url: string): string {
  if (!isHostUrl(url)) {
    throw new TypeError(`${name} must be an http or https address without password or query.`)
  }
  return url.replace(/\/+$/, '')
}
