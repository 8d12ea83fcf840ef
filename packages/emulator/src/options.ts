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

/** A token of the control plane and what it may do. */
export interface ApiToken {
  readonly token: string
  readonly access: 'read' | 'write'
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
  readonly faults?: readonly Fault[]
  /** Where images are kept. Default: in memory, as long as the process. */
  readonly store?: ImageStore
  /** Where variants, keys and the account's settings are kept. Default: as long as the process. */
  readonly accountStore?: AccountStore
  /** Hosts (`name` or `name:port`) besides the loopback that may use `/__lightfast`. */
  readonly controlHosts?: readonly string[]
  readonly settings?: Partial<EmulatorSettings>
}

/** A set of options with every default filled in. */
export interface EmulatorConfig extends Required<Omit<EmulatorOptions, 'pixels' | 'accountStore'>> {
  readonly pixels: Pixels | undefined
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
    signingKeys: [{ name: 'default', value: localAccount.signingKey }],
    variants: [publicVariant],
    pixels: undefined,
    accountStore: undefined,
    now: () => Date.now(),
    randomId: () => crypto.randomUUID(),
    sleep,
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
