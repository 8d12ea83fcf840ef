/** What the environment says, and what is wrong with it. No problem ever repeats a value: it may be a misplaced secret. */
import { DELIVERY_ORIGIN } from '@lightfast/core'
import { isHostUrl } from '../client/hosts.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** Who asks, and where. */
export interface Settings {
  readonly accountId: string
  readonly apiToken: string
  /** Empty if it is not set. */
  readonly accountHash: string
  readonly baseUrl: string
  /** Where pictures are delivered, without the account hash. */
  readonly deliveryOrigin: string
}

export interface ReadSettings {
  /** Absent if nobody can be asked with them. */
  readonly settings?: Settings
  /** What makes the app fail. */
  readonly problems: readonly string[]
  /** What may be meant so. */
  readonly doubts: readonly string[]
}

export const API_URL = 'https://api.cloudflare.com/client/v4'

/** Reads and judges the variables. An empty one is one that is not set. */
export function readSettings(environment: Environment): ReadSettings {
  const accountId = environment['CLOUDFLARE_ACCOUNT_ID'] || ''
  const apiToken = environment['CLOUDFLARE_API_TOKEN'] || ''
  const accountHash = environment['CLOUDFLARE_IMAGES_ACCOUNT_HASH'] || ''
  const baseUrl = trimSlash(environment['CLOUDFLARE_BASE_URL'] || API_URL)
  const deliveryUrl = trimSlash(environment['CLOUDFLARE_IMAGES_DELIVERY_URL'] || DELIVERY_ORIGIN)
  const asking = [
    judge('CLOUDFLARE_ACCOUNT_ID', accountId, accountIdRule),
    judge('CLOUDFLARE_API_TOKEN', apiToken, apiTokenRule),
    judge('CLOUDFLARE_BASE_URL', baseUrl, urlRule),
  ].flat()
  const showing = [
    judge('CLOUDFLARE_IMAGES_ACCOUNT_HASH', accountHash, accountHashRule),
    judge('CLOUDFLARE_IMAGES_DELIVERY_URL', deliveryUrl, urlRule),
  ].flat()
  const deliveryOrigin = deliveryUrl.replace(new RegExp(`/${escape(accountHash)}$`), '')
  const settings = { accountId, apiToken, accountHash, baseUrl, deliveryOrigin }
  return {
    problems: [...asking, ...showing],
    doubts: asking.length === 0 ? findDoubts(settings) : [],
    ...(asking.length === 0 && { settings }),
  }
}

interface Rule {
  readonly fits: (value: string) => boolean
  readonly words: string
}

const accountIdRule: Rule = {
  fits: (value) => /^[0-9a-f]{32}$/i.test(value),
  words: 'must be 32 hexadecimal digits',
}
/** What a header takes; a copied line break or a word before it is the usual reason. */
const apiTokenRule: Rule = {
  fits: (value) => /^[!-~]+$/.test(value),
  words: 'must be the token alone, without spaces, quotes or the word Bearer',
}
const accountHashRule: Rule = {
  fits: (value) => /^[\w-]{4,64}$/.test(value),
  words: 'must be the hash in your delivery URLs: letters, digits, - and _',
}
const urlRule: Rule = {
  fits: isHostUrl,
  words: 'must be a URL of http or https, without password or query',
}

function judge(name: string, value: string, { fits, words }: Rule): readonly string[] {
  if (value === '') return [`${name} is not set.`]
  return fits(value) ? [] : [`${name} ${words}.`]
}

function findDoubts({ baseUrl, apiToken }: Settings): readonly string[] {
  const { protocol, hostname } = new URL(baseUrl)
  const inClear = protocol === 'http:' && !/^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname)
  return [
    ...(inClear ? [`CLOUDFLARE_BASE_URL sends the token to ${hostname} unencrypted.`] : []),
    ...(/^[0-9a-f]{37}$/.test(apiToken)
      ? ['CLOUDFLARE_API_TOKEN looks like a global API key, which is no API token.']
      : []),
  ]
}

function trimSlash(url: string): string {
  return url.replace(/\/+$/, '')
}

function escape(text: string): string {
  return text.replaceAll(/[^\w-]/g, '\\$&')
}
