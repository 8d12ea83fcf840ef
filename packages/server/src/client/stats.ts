import * as v from 'valibot'
import type { Api, CallOptions } from './api.ts'

/** How many images the account has, and may have. */
export interface AccountStats {
  readonly current: number
  readonly allowed: number
}

export interface StatsResource {
  /** @see https://developers.cloudflare.com/api/resources/images/subresources/v1/subresources/stats/methods/get/ */
  readonly get: (options?: CallOptions) => Promise<AccountStats>
}

const stats: v.GenericSchema<unknown, AccountStats> = v.pipe(
  v.object({ count: v.object({ current: v.number(), allowed: v.number() }) }),
  v.transform(({ count }) => count),
)

/** Makes the calls about statistics. */
export function createStats(api: Api): StatsResource {
  return {
    get: (options) =>
      api.call(
        {
          operation: 'stats.get',
          method: 'GET',
          path: ['v1', 'stats'],
          repeat: 'safe',
          result: stats,
        },
        options,
      ),
  }
}
