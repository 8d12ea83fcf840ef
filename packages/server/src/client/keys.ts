import * as v from 'valibot'
import type { Api, CallOptions } from './api.ts'

/** A signing key of the account. Hand the value to `importSigningKey` at once and keep nothing else. */
export interface AccountKey {
  readonly name: string
  readonly value: string
}

export interface KeysResource {
  /**
   * Reads the account's signing keys; there is always one, called `default`.
   * @see https://developers.cloudflare.com/api/resources/images/subresources/v1/subresources/keys/methods/list/
   */
  readonly list: (options?: CallOptions) => Promise<readonly AccountKey[]>
}

const keys = v.object({ keys: v.array(v.object({ name: v.string(), value: v.string() })) })

export function createKeys(api: Api): KeysResource {
  return {
    list: async (options) => {
      const result = await api.call(
        {
          operation: 'keys.list',
          method: 'GET',
          path: ['v1', 'keys'],
          circuit: 'read',
          repeat: 'safe',
          result: keys,
        },
        options,
      )
      return result.keys
    },
  }
}
