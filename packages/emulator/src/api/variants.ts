/** Named variants: https://developers.cloudflare.com/api/resources/images/subresources/v1/subresources/variants/ */
import { Hono } from 'hono'
import * as v from 'valibot'
import { faultLayer } from '../apply-fault.ts'
import { refused } from '../codes.ts'
import { fail, succeed } from '../envelope.ts'
import { isRecord, readJson } from '../form.ts'
import { notEmulated, RefusedError } from '../refusal.ts'
import type { Emulation, EmulatorEnv } from '../emulation.ts'
import type { EmulatorSettings } from '../settings.ts'
import type { Variant } from '../variant.ts'

/** Limit of an account: https://developers.cloudflare.com/images/optimization/hosted-images/create-variants/ */
const MAX_VARIANTS = 100

/** Creates the routes of the named variants. */
export function createVariantRoutes(emulation: Emulation): Hono<EmulatorEnv> {
  const app = new Hono<EmulatorEnv>()
  const layer = faultLayer(emulation, 'variants', fail)
  app.get('/v1/variants', layer, () => succeed({ variants: listVariants(emulation) }))
  app.post('/v1/variants', layer, async (c) =>
    succeed({ variant: toVariantObject(await createVariant(c.req.raw, emulation)) }),
  )
  app.get('/v1/variants/:id', layer, (c) =>
    succeed({ variant: toVariantObject(findVariant(c.req.param('id'), emulation)) }),
  )
  app.get('/v1/variants/:id/flat', layer, (c) =>
    succeed(toVariantObject(findVariant(c.req.param('id'), emulation))),
  )
  app.patch('/v1/variants/:id', layer, async (c) => {
    const changed = await changeVariant(c.req.param('id'), c.req.raw, emulation)
    return succeed({ variant: toVariantObject(changed) })
  })
  app.delete('/v1/variants/:id', layer, (c) => succeed(deleteVariant(c.req.param('id'), emulation)))
  return app
}

function listVariants({ account }: Emulation): Readonly<Record<string, Variant>> {
  const { variants } = account.state()
  return Object.fromEntries(variants.map((variant) => [variant.id, toVariantObject(variant)]))
}

function findVariant(id: string, { account, config }: Emulation): Variant {
  const variant = account.state().variants.find((variant) => variant.id === id)
  if (!variant) throw refused(5401, config.settings)
  return variant
}

/** The options are replaced as a whole; `neverRequireSignedURLs` stays where it is not named. */
async function changeVariant(id: string, request: Request, emulation: Emulation): Promise<Variant> {
  const { account, config } = emulation
  const body = await readJson(request, config.settings)
  if (isRecord(body) && 'id' in body) throw notEmulated('The field id of a change of a variant')
  const { neverRequireSignedURLs = false } = findVariant(id, emulation)
  const given = { neverRequireSignedURLs, ...(isRecord(body) ? body : {}), id }
  const changed = parseVariant(given, config.settings)
  const { variants } = account.state()
  account.change({ variants: variants.map((variant) => (variant.id === id ? changed : variant)) })
  return changed
}

function deleteVariant(id: string, emulation: Emulation): Record<string, never> {
  const gone = findVariant(id, emulation)
  const { variants } = emulation.account.state()
  emulation.account.change({ variants: variants.filter((variant) => variant !== gone) })
  return {}
}

async function createVariant(request: Request, { config, account }: Emulation): Promise<Variant> {
  const { settings } = config
  const variant = parseVariant(await readJson(request, settings), settings)
  const { variants } = account.state()
  if (variants.some(({ id }) => id === variant.id)) {
    throw new RefusedError({ ...settings.takenId, message: 'This variant name is taken' })
  }
  if (variants.length >= MAX_VARIANTS) throw refused(5453, settings)
  account.change({ variants: [...variants, variant] })
  return variant
}

function parseVariant(value: unknown, settings: EmulatorSettings): Variant {
  refuseUnknown(value, variantSchema.entries, 'The field')
  const options = isRecord(value) ? value['options'] : undefined
  refuseUnknown(options, optionsSchema.entries, 'The variant option')
  const result = v.safeParse(variantSchema, value)
  if (result.success) return result.output
  const [issue] = result.issues
  throw refused(5400, settings, `${v.getDotPath(issue) ?? 'The variant'}: ${issue.message}`)
}

function refuseUnknown(value: unknown, known: object, what: string): void {
  const names = isRecord(value) ? Object.keys(value) : []
  const unknown = names.find((name) => !Object.hasOwn(known, name))
  if (unknown !== undefined) throw notEmulated(`${what} ${unknown}`)
}

const toVariantObject = ({ id, options, neverRequireSignedURLs = false }: Variant): Variant => ({
  id,
  options,
  neverRequireSignedURLs,
})

const side = v.pipe(v.number(), v.integer(), v.minValue(1))

const optionsSchema = v.object({
  fit: v.picklist(['scale-down', 'contain', 'cover', 'crop', 'pad']),
  width: side,
  height: side,
  metadata: v.picklist(['keep', 'copyright', 'none']),
  browser_ttl: v.exactOptional(
    v.pipe(v.number(), v.integer(), v.minValue(3600), v.maxValue(31_536_000)),
  ),
})

/** `/` and `=` are refused because a delivery URL could not tell such a name from a path or options. */
const variantSchema = v.object({
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(99), v.regex(/^[^/=]+$/)),
  options: optionsSchema,
  neverRequireSignedURLs: v.exactOptional(v.boolean()),
})
