/** What the checks ask. Each question is asked once, when it is first needed, and never longer than there is time. */
import type { CloudflareImage } from '../client/cloudflare-image.ts'
import type { AccountKey } from '../client/keys.ts'
import type { AccountStats } from '../client/stats.ts'
import type { AccountVariant } from '../client/variants.ts'
import type { Answer } from './answer.ts'
import type { Asked } from './ask-api.ts'
import type { Settings } from './settings.ts'

export interface Probes {
  readonly settings: Settings
  /** Asks for the token of a person: whatever comes back, there was an answer. */
  readonly connection: () => Promise<Asked>
  readonly token: () => Promise<TokenVerdict>
  /** Asks for the account itself, which few tokens may read. */
  readonly account: () => Promise<Answer<unknown>>
  readonly stats: () => Promise<Answer<AccountStats>>
  /** Makes a draft upload, which is in no list and expires by itself. */
  readonly draft: () => Promise<Answer<Draft>>
  readonly images: () => Promise<Answer<readonly CloudflareImage[]>>
  readonly variants: () => Promise<Answer<readonly AccountVariant[]>>
  readonly keys: () => Promise<Answer<readonly AccountKey[]>>
  readonly batchToken: () => Promise<Answer<unknown>>
  readonly config: () => Promise<Answer<unknown>>
  readonly destinations: () => Promise<Answer<unknown>>
  /** Gets a picture, and answers the status. */
  readonly deliver: (url: string) => Promise<Answer<number>>
  readonly now: () => number
}

/** What Cloudflare says of a token when it is asked about nothing else. */
export type TokenVerdict =
  | { readonly status: 'active'; readonly expiresAt?: number }
  | { readonly status: 'disabled' | 'expired' | 'unknown' }
  /** Nobody could be asked, as on a local Cloudflare Images. */
  | { readonly status: 'unasked' }

export interface Draft {
  readonly id: string
  readonly uploadURL: string
  /** How long it is kept. */
  readonly lifeMs: number
}
