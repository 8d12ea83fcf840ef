import { ImagesError } from '@lightfast/core'
import * as v from 'valibot'
import { checkNumber } from '../read-config.ts'
import { countDown } from './api.ts'
import type { Api, CallOptions, Endpoint } from './api.ts'
import { isMissing } from './when-missing.ts'

/** A signing key of the account. Hand the value to `importSigningKey` at once and keep nothing else. */
export interface AccountKey {
  readonly name: string
  readonly value: string
}

/** @see https://developers.cloudflare.com/api/resources/images/subresources/v1/subresources/keys/ */
export interface KeysResource {
  /** Reads the account's signing keys; there is always one, called `default`. */
  readonly list: (options?: CallOptions) => Promise<readonly AccountKey[]>
  /**
   * Adds a signing key, for a rotation: sign with it, wait until the last link of the old one has expired, and
   * delete that. A name that exists is refused, since Cloudflare would replace its value and break every link that it
   * signed. Two processes that create one name at the same moment can not be kept apart.
   * @throws ImagesError `invalid_request` if there is a key of that name.
   */
  readonly create: (name: string, options?: CallOptions) => Promise<AccountKey>
  /**
   * Deletes a signing key, with every link that it signed, and gives those that are left. In place of the last one
   * Cloudflare makes a new one, called `default`.
   */
  readonly delete: (name: string, options?: CallOptions) => Promise<readonly AccountKey[]>
}

const accountKey = v.object({ name: v.string(), value: v.string() })

const keys: v.GenericSchema<unknown, readonly AccountKey[]> = v.pipe(
  v.object({ keys: v.array(accountKey) }),
  v.transform((result) => result.keys),
)

const MAX_NAME_LENGTH = 20

/** Makes the calls about signing keys. */
export function createKeys(api: Api): KeysResource {
  return {
    list: (options) => api.call(listKeys, options),
    create: (name, options) => createKey(api, name, options),
    delete: (name, options) => deleteKey(api, name, options),
  }
}

const listKeys: Endpoint<readonly AccountKey[]> = {
  operation: 'keys.list',
  method: 'GET',
  path: ['v1', 'keys'],
  repeat: 'safe',
  result: keys,
}

async function createKey(api: Api, name: string, options?: CallOptions): Promise<AccountKey> {
  const path = toPath(name)
  const find = async (left?: CallOptions): Promise<AccountKey | undefined> =>
    (await api.call(listKeys, left)).find((key) => key.name === name)
  const left = countDown(api, options)
  if (await find(left())) throw toTaken()
  return api.call(
    {
      operation: 'keys.create',
      method: 'PUT',
      path,
      repeat: 'unsafe',
      result: v.pipe(
        keys,
        v.transform((all) => all.find((key) => key.name === name)),
        accountKey,
      ),
      readBack: find,
    },
    left(),
  )
}

async function deleteKey(
  api: Api,
  name: string,
  options?: CallOptions,
): Promise<readonly AccountKey[]> {
  const path = toPath(name)
  const left = countDown(api, options)
  try {
    return await api.call({ ...listKeys, operation: 'keys.delete', method: 'DELETE', path }, left())
  } catch (error) {
    // An earlier attempt has deleted it, and its answer was lost.
    if (!isMissing(error) || error.attempts < 2) throw error
    return api.call(listKeys, left())
  }
}

function toPath(name: string): readonly string[] {
  checkNumber('name.length', name.length, { min: 1, max: MAX_NAME_LENGTH })
  return ['v1', 'keys', name]
}

function toTaken(): ImagesError {
  return new ImagesError(
    'invalid_request',
    'There is such a key: a new one would break all links it signed.',
    { field: 'name' },
  )
}
