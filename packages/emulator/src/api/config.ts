/** Settings of the account: https://developers.cloudflare.com/images/optimization/hosted-images/enable-flexible-variants/ */
import { Hono } from 'hono'
import { faultLayer } from '../apply-fault.ts'
import { refused } from '../codes.ts'
import { fail, succeed } from '../envelope.ts'
import { readJsonFields } from '../form.ts'
import { notEmulated } from '../refusal.ts'
import type { Emulation, EmulatorEnv } from '../emulation.ts'
import type { AccountState } from '../account.ts'
import type { Fields } from '../form.ts'
import type { EmulatorSettings } from '../settings.ts'

/** Limits and default of how long a browser keeps a picture: https://developers.cloudflare.com/images/optimization/hosted-images/browser-ttl/ */
const MIN_TTL_SECONDS = 3600
const MAX_TTL_SECONDS = 31_536_000
const DEFAULT_TTL_SECONDS = 172_800

/** Creates the routes that show and change the settings; that the answer repeats them all is assumed. */
export function createConfigRoutes(emulation: Emulation): Hono<EmulatorEnv> {
  const { account, config } = emulation
  const app = new Hono<EmulatorEnv>()
  const layer = faultLayer(emulation, 'config', fail)
  const show = (): Response => succeed(toConfigObject(account.state()))
  app.get('/v1/config', layer, show)
  app.patch('/v1/config', layer, async (c) => {
    const fields = await readJsonFields(c.req.raw, config.settings)
    account.change(parseChanges(fields, config.settings))
    return show()
  })
  return app
}

const toConfigObject = ({ flexibleVariants, browserTtlSeconds }: AccountState): object => ({
  flexible_variants: flexibleVariants,
  browser_ttl: browserTtlSeconds ?? DEFAULT_TTL_SECONDS,
})

function parseChanges(fields: Fields, settings: EmulatorSettings): Partial<AccountState> {
  const unknown = [...fields.keys()].find((name) => !known.includes(name))
  if (unknown !== undefined) throw notEmulated(`The setting ${unknown}`)
  const flexible = fields.get('flexible_variants')
  const ttl = fields.get('browser_ttl')
  if (flexible !== undefined && typeof flexible !== 'boolean')
    throw refused(5400, settings, 'flexible_variants must be true or false')
  if (ttl !== undefined && !isTtl(ttl))
    throw refused(5400, settings, 'browser_ttl must be seconds from one hour to one year')
  return {
    ...(flexible !== undefined && { flexibleVariants: flexible }),
    ...(ttl !== undefined && { browserTtlSeconds: ttl }),
  }
}

const known = ['flexible_variants', 'browser_ttl']

const isTtl = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= MIN_TTL_SECONDS && Number(value) <= MAX_TTL_SECONDS
