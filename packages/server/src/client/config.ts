import * as v from 'valibot'
import { checkNumber } from '../read-config.ts'
import type { Range } from '../read-config.ts'
import type { Api, CallOptions } from './api.ts'

/** Settings of the whole account. What is not named stays. */
export interface AccountConfig {
  /** Lets public images be transformed by options in their URL. */
  readonly flexibleVariants?: boolean
  /** How long browsers keep a picture, an hour to a year. Private images ignore it. */
  readonly browserTtlSeconds?: number
}

export interface ConfigResource {
  /**
   * Changes settings of the account. They cannot be read: that is not documented.
   * @see https://developers.cloudflare.com/images/optimization/hosted-images/enable-flexible-variants/
   * @see https://developers.cloudflare.com/images/optimization/hosted-images/browser-ttl/
   */
  readonly update: (config: AccountConfig, options?: CallOptions) => Promise<void>
}

/** In seconds. */
export const browserTtl: Range = { min: 3600, max: 31_536_000, whole: true }

/** Makes the calls about settings of the account. */
export function createConfig(api: Api): ConfigResource {
  return { update: (config, options) => updateConfig(api, config, options) }
}

async function updateConfig(
  api: Api,
  { flexibleVariants, browserTtlSeconds }: AccountConfig,
  options?: CallOptions,
): Promise<void> {
  if (browserTtlSeconds !== undefined)
    checkNumber('browserTtlSeconds', browserTtlSeconds, browserTtl)
  const body = JSON.stringify({
    flexible_variants: flexibleVariants,
    browser_ttl: browserTtlSeconds,
  })
  await api.call(
    {
      operation: 'config.update',
      method: 'PATCH',
      path: ['v1', 'config'],
      repeat: 'safe',
      makeBody: () => body,
      result: v.unknown(),
    },
    options,
  )
}
