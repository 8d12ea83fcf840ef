import * as v from 'valibot'
import type { Api, CallOptions } from './api.ts'

/** A named variant: only these can be signed, so only these show private images. */
export interface Variant {
  /** At most 99 letters, digits, - and _. */
  readonly id: string
  readonly fit: 'scale-down' | 'contain' | 'cover' | 'crop' | 'pad'
  readonly width: number
  readonly height: number
}

export interface VariantsResource {
  /**
   * Reads the names of the account's variants.
   * @see https://developers.cloudflare.com/api/resources/images/subresources/v1/subresources/variants/methods/list/
   */
  readonly list: (options?: CallOptions) => Promise<readonly string[]>
  /** Adds a variant to the account, which has room for 100. */
  readonly create: (variant: Variant, options?: CallOptions) => Promise<void>
}

/** Keyed by id: it is an object and not a list. */
const variants = v.object({ variants: v.record(v.string(), v.unknown()) })

export function createVariants(api: Api): VariantsResource {
  return {
    list: async (options) => {
      const result = await api.call(
        {
          operation: 'variants.list',
          method: 'GET',
          path: ['v1', 'variants'],
          circuit: 'read',
          repeat: 'safe',
          result: variants,
        },
        options,
      )
      return Object.keys(result.variants)
    },
    create: async (variant, options) => {
      await api.call(
        {
          operation: 'variants.create',
          method: 'POST',
          path: ['v1', 'variants'],
          circuit: 'write',
          repeat: 'unsafe',
          makeBody: () => toBody(variant),
          result: v.unknown(),
        },
        options,
      )
    },
  }
}

function toBody({ id, fit, width, height }: Variant): string {
  return JSON.stringify({ id, options: { fit, width, height, metadata: 'none' } })
}
