import { defaultSettings } from './settings.ts'
import { sleep } from './sleep.ts'
import { createMemoryStore } from './store.ts'
import { publicVariant } from './variant.ts'
import type { AccountStore } from './account.ts'
import type { Fault } from './faults.ts'
import type { Pixels } from './pixels.ts'
import type { ImageStore } from './store.ts'
import type { EmulatorSettings } from './settings.ts'
import type { Variant } from './variant.ts'
import type { WebhookOptions } from './webhooks/webhook-options.ts'

/** A token of the control plane and what it may do. */
export interface ApiToken {
  readonly token: string
  readonly access: 'read' | 'write'
}

/** An account-wide key, sent as `X-Auth-Email` and `X-Auth-Key`; it may do everything. */
export interface ApiKey {
  readonly email: string
  readonly key: string
}

/** Limits the calls of one token; over it all its calls are refused for as long as a window. */
export interface RateLimit {
  readonly requests: number
  readonly windowSeconds: number
}

/** A key that signs delivery URLs; `value` is used as text. */
export interface SigningKey {
  readonly name: string
  readonly value: string
}

/** Says where the two public hosts live, without a trailing slash. */
export interface Origins {
  readonly upload: string
  readonly delivery: string
}

/** Configures an emulated account; everything has a default. */
export interface EmulatorOptions {
  readonly accountId?: string
  readonly accountHash?: string
  readonly apiTokens?: readonly ApiToken[]
  /** Without any, signing in with `X-Auth-Key` answers 501. */
  readonly apiKeys?: readonly ApiKey[]
  /** Default: as in production, 1200 requests in five minutes. */
  readonly rateLimit?: RateLimit | 'off'
  readonly signingKeys?: readonly SigningKey[]
  /** Named variants at the start. Default: `public`, scale-down to 1366 x 768. */
  readonly variants?: readonly Variant[]
  /** Without it uploads are judged by their first bytes and resized pictures answer 501. */
  readonly pixels?: Pixels
  /** Milliseconds since the epoch. */
  readonly now?: () => number
  readonly randomId?: () => string
  /** Rejects with the signal's reason when it is aborted. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>
  /** Used in `uploadURL` and `variants`. Default: Cloudflare's own two hosts. */
  readonly origins?: Partial<Origins>
  /** Gets the file of an upload by `url` and sends webhooks. Default: the global one. */
  readonly fetch?: (request: Request) => Promise<Response>
  /** Lists the addresses of a name, so that a `url` whose name leads to a private one is refused. Default: none. */
  readonly resolveHost?: (hostname: string) => Promise<readonly string[]>
  /** Lets an upload by `url` reach this machine and its network. Default: false. */
  readonly allowPrivateUrls?: boolean
  readonly faults?: readonly Fault[]
  /** Makes the dice of faults with a `chance`, which are refused without it. */
  readonly seed?: number
  /** Where images are kept. Default: in memory, as long as the process. */
  readonly store?: ImageStore
  /** Where variants, keys and the account's settings are kept. Default: as long as the process. */
  readonly accountStore?: AccountStore
  /** Hosts (`name` or `name:port`) besides the loopback that may use `/__lightfast`. */
  readonly controlHosts?: readonly string[]
  /** Where a notification goes after every direct upload. Default: nowhere. */
  readonly webhook?: WebhookOptions
  readonly settings?: Partial<EmulatorSettings>
}

/** A set of options with every default filled in. */
export interface EmulatorConfig extends Required<
  Omit<EmulatorOptions, 'pixels' | 'accountStore' | 'resolveHost' | 'seed' | 'webhook'>
> {
  readonly resolveHost: ((hostname: string) => Promise<readonly string[]>) | undefined
  readonly pixels: Pixels | undefined
  readonly seed: number | undefined
  readonly webhook: WebhookOptions | undefined
  readonly accountStore: AccountStore | undefined
  readonly origins: Origins
  readonly settings: EmulatorSettings
}

/** The account a local emulator has unless told otherwise. None of these is a secret. */
export const localAccount: {
  readonly accountId: string
  readonly accountHash: string
  readonly readToken: string
  readonly writeToken: string
  readonly signingKey: string
} = {
  accountId: '0123456789abcdef0123456789abcdef',
  accountHash: 'Loca1Emu1at0rAcc0unt_A',
  readToken: 'local-images-read-token',
  writeToken: 'local-images-write-token',
  signingKey: 'local-images-signing-key',
}

/** Fills in the defaults. */
export function toConfig(options: EmulatorOptions): EmulatorConfig {
  return {
    accountId: localAccount.accountId,
    accountHash: localAccount.accountHash,
    apiTokens: [
      { token: localAccount.readToken, access: 'read' },
      { token: localAccount.writeToken, access: 'write' },
    ],
    apiKeys: [],
    rateLimit: { requests: 1200, windowSeconds: 300 },
    signingKeys: [{ name: 'default', value: localAccount.signingKey }],
    variants: [publicVariant],
    pixels: undefined,
    seed: undefined,
    webhook: undefined,
    accountStore: undefined,
    now: () => Date.now(),
    randomId: () => crypto.randomUUID(),
    sleep,
    fetch: (request) => globalThis.fetch(request),
    resolveHost: undefined,
    allowPrivateUrls: false,
    faults: [],
    store: createMemoryStore(),
    controlHosts: [],
    ...options,
    origins: {
      upload: 'https://upload.imagedelivery.net',
      delivery: 'https://imagedelivery.net',
      ...options.origins,
    },
    settings: { ...defaultSettings, ...options.settings },
  }
}
