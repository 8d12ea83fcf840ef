/** Signing keys: https://developers.cloudflare.com/api/resources/images/subresources/v1/subresources/keys/ */
import { Hono } from 'hono'
import { faultLayer } from '../apply-fault.ts'
import { refused } from '../codes.ts'
import { fail, succeed } from '../envelope.ts'
import type { Emulation, EmulatorEnv } from '../emulation.ts'
import type { SigningKey } from '../options.ts'

const MAX_NAME_LENGTH = 20

/** Creates the routes of the signing keys; every answer has all of them, values in clear as in production. */
export function createKeyRoutes(emulation: Emulation): Hono<EmulatorEnv> {
  const { account } = emulation
  const app = new Hono<EmulatorEnv>()
  const showKeys = (): Response => succeed({ keys: account.state().signingKeys })
  const layer = faultLayer(emulation, 'keys', fail)
  app.get('/v1/keys', layer, showKeys)
  app.put('/v1/keys/:name', layer, (c) => {
    account.change({ signingKeys: withKey(c.req.param('name'), emulation) })
    return showKeys()
  })
  app.delete('/v1/keys/:name', layer, (c) => {
    account.change({ signingKeys: withoutKey(c.req.param('name'), emulation) })
    return showKeys()
  })
  return app
}

function withKey(name: string, { account, config }: Emulation): readonly SigningKey[] {
  const { settings } = config
  if (name.length > MAX_NAME_LENGTH)
    throw refused(5400, settings, 'The name of a key must not exceed 20 characters')
  const { signingKeys } = account.state()
  const made = { name, value: makeValue(config) }
  if (!signingKeys.some((key) => key.name === name)) return [...signingKeys, made]
  if (settings.repeatedKey === 'same') return signingKeys
  return signingKeys.map((key) => (key.name === name ? made : key))
}

function withoutKey(name: string, { account, config }: Emulation): readonly SigningKey[] {
  const { signingKeys } = account.state()
  const left = signingKeys.filter((key) => key.name !== name)
  if (left.length === signingKeys.length)
    throw refused(5404, config.settings, 'Signing key not found')
  return left.length > 0 ? left : [{ name: 'default', value: makeValue(config) }]
}

const makeValue = ({ randomId }: Emulation['config']): string =>
  (randomId() + randomId()).replaceAll('-', '')
