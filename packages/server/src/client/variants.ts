import * as v from 'valibot'
import { checkNumber } from '../read-config.ts'
import type { Api, CallOptions, Endpoint } from './api.ts'
import { browserTtl } from './config.ts'
import { toDeleted, unlessMissing } from './when-missing.ts'
import type { DeleteOptions } from './when-missing.ts'

/** What a named variant does. */
export interface VariantOptions {
  readonly fit: 'scale-down' | 'contain' | 'cover' | 'crop' | 'pad'
  readonly width: number
  readonly height: number
  /** What is kept of the metadata within the file. @default 'none' */
  readonly metadata?: 'keep' | 'copyright' | 'none'
  /** How long browsers keep a picture, an hour to a year. @default the account's */
  readonly browserTtlSeconds?: number
  /** Shows private images to everybody, without a signature. @default false */
  readonly neverRequireSignedURLs?: boolean
}

/** A named variant: only these can be signed, so only these show private images. */
export interface Variant extends VariantOptions {
  /** At most 99 letters, digits, - and _. */
  readonly id: string
}

/** A variant as the account has it. The dashboard can leave out a side, and knows fits of its own. */
export interface AccountVariant {
  readonly id: string
  readonly fit: string
  readonly width: number | null
  readonly height: number | null
  readonly metadata: string
  readonly browserTtlSeconds: number | null
  readonly neverRequireSignedURLs: boolean
}

/** @see https://developers.cloudflare.com/api/resources/images/subresources/v1/subresources/variants/ */
export interface VariantsResource {
  readonly list: (options?: CallOptions) => Promise<readonly AccountVariant[]>
  readonly get: (id: string, options?: CallOptions) => Promise<AccountVariant>
  /** Adds a variant to the account, which has room for 100. */
  readonly create: (variant: Variant, options?: CallOptions) => Promise<AccountVariant>
  /** Replaces what a variant does, as a whole. Its pictures are made anew. */
  readonly update: (
    id: string,
    variant: VariantOptions,
    options?: CallOptions,
  ) => Promise<AccountVariant>
  /**
   * Deletes a variant. Every URL that names it stops working.
   * @throws ImagesError `not_found` if there is none, unless that is `missingOk`.
   */
  readonly delete: (id: string, options?: DeleteOptions) => Promise<'deleted' | 'missing'>
}

const side = { min: 1, max: Number.MAX_SAFE_INTEGER, whole: true } as const

const accountVariant: v.GenericSchema<unknown, AccountVariant> = v.pipe(
  v.object({
    id: v.string(),
    options: v.object({
      fit: v.nullish(v.string(), 'scale-down'),
      width: v.nullish(v.number(), null),
      height: v.nullish(v.number(), null),
      metadata: v.nullish(v.string(), 'none'),
      browser_ttl: v.nullish(v.number(), null),
    }),
    neverRequireSignedURLs: v.nullish(v.boolean(), false),
  }),
  v.transform(({ options: { browser_ttl: browserTtlSeconds, ...options }, ...variant }) => ({
    ...variant,
    ...options,
    browserTtlSeconds,
  })),
)

/** Makes the calls about named variants. */
export function createVariants(api: Api): VariantsResource {
  return {
    list: (options) => api.call(listVariants, options),
    get: async (id, options) => api.call(getVariant(id), options),
    create: async (variant, options) => createVariant(api, variant, options),
    update: async (id, variant, options) => {
      const body = JSON.stringify(toBody(variant))
      const path = toPath(id)
      return api.call(
        { ...one, operation: 'variants.update', method: 'PATCH', path, makeBody: () => body },
        options,
      )
    },
    delete: async (id, options = {}) => toDeleted(api.call(deleteVariant(id), options), options),
  }
}

/** It is an object, keyed by id, and not a list. */
const listVariants: Endpoint<readonly AccountVariant[]> = {
  operation: 'variants.list',
  method: 'GET',
  path: ['v1', 'variants'],
  repeat: 'safe',
  result: v.pipe(
    v.object({ variants: v.record(v.string(), accountVariant) }),
    v.transform(({ variants }) => Object.values(variants)),
  ),
}

const one = {
  repeat: 'safe',
  result: v.pipe(
    v.object({ variant: accountVariant }),
    v.transform(({ variant }) => variant),
  ),
} as const

function getVariant(id: string): Endpoint<AccountVariant> {
  return { ...one, operation: 'variants.get', method: 'GET', path: toPath(id) }
}

function deleteVariant(id: string): Endpoint<unknown> {
  const path = toPath(id)
  return {
    operation: 'variants.delete',
    method: 'DELETE',
    path,
    repeat: 'safe',
    result: v.unknown(),
  }
}

async function createVariant(
  api: Api,
  { id, ...variant }: Variant,
  options?: CallOptions,
): Promise<AccountVariant> {
  const body = JSON.stringify({ id: checkName(id), ...toBody(variant) })
  return api.call(
    {
      ...one,
      operation: 'variants.create',
      method: 'POST',
      path: ['v1', 'variants'],
      repeat: 'unsafe',
      makeBody: () => body,
      readBack: async (left) => {
        const found = await unlessMissing(api.call(getVariant(id), left))
        return found && isSame(found, variant) ? found : undefined
      },
    },
    options,
  )
}

function toPath(id: string): readonly string[] {
  return ['v1', 'variants', checkName(id)]
}

function checkName(id: string): string {
  if (/^[\w-]{1,99}$/.test(id)) return id
  throw new TypeError('The id of a variant needs 1 to 99 letters, digits, - and _.')
}

function toBody({ metadata = 'none', neverRequireSignedURLs = false, ...variant }: VariantOptions) {
  const { fit, width, height, browserTtlSeconds } = variant
  checkNumber('width', width, side)
  checkNumber('height', height, side)
  if (browserTtlSeconds !== undefined)
    checkNumber('browserTtlSeconds', browserTtlSeconds, browserTtl)
  const options = { fit, width, height, metadata, browser_ttl: browserTtlSeconds }
  return { options, neverRequireSignedURLs }
}

/** Whether a variant that is there does what was asked for: it may have been there before. */
function isSame(found: AccountVariant, asked: VariantOptions): boolean {
  const defaults = { metadata: 'none', neverRequireSignedURLs: false }
  // Whatever else was not asked for is as it was found, and so is the order of the names.
  return JSON.stringify(found) === JSON.stringify({ ...found, ...defaults, ...asked })
}
