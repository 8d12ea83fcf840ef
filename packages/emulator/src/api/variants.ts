/** Named variants: https://developers.cloudflare.com/api/resources/images/subresources/v1/subresources/variants/ */
import { Hono } from 'hono'
import * as v from 'valibot'
import { refused } from '../codes.ts'
import { succeed } from '../envelope.ts'
import { isRecord, readJson } from '../form.ts'
import { notEmulated, RefusedError } from '../refusal.ts'
import type { Emulation, EmulatorEnv } from '../emulation.ts'
import type { EmulatorSettings } from '../settings.ts'
import type { Variant } from '../variant.ts'

/** Limit of an account: https://developers.cloudflare.com/images/optimization/hosted-images/create-variants/ */
const MAX_VARIANTS = 100

/** Creates the routes that list and create named variants. */
export function createVariantRoutes(emulation: Emulation): Hono<EmulatorEnv> {
  const { account } = emulation
  const app = new Hono<EmulatorEnv>()
  app.get('/v1/variants', () => {
    const entries = account
      .state()
      .variants.map((variant) => [variant.id, toVariantObject(variant)])
    return succeed({ variants: Object.fromEntries(entries) })
  })
  app.post('/v1/variants', async (c) =>
    succeed({ variant: toVariantObject(await createVariant(c.req.raw, emulation)) }),
  )
  return app
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
  const options = isRecord(value) && isRecord(value['options']) ? value['options'] : {}
  const unknown = Object.keys(options).find((name) => !(name in optionsSchema.entries))
  if (unknown !== undefined) throw notEmulated(`The variant option ${unknown}`)
  const result = v.safeParse(variantSchema, value)
  if (result.success) return result.output
  const [issue] = result.issues
  throw refused(5400, settings, `${v.getDotPath(issue) ?? 'The variant'}: ${issue.message}`)
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
})

/** `/` and `=` are refused because a delivery URL could not tell such a name from a path or options. */
const variantSchema = v.object({
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(99), v.regex(/^[^/=]+$/)),
  options: optionsSchema,
  neverRequireSignedURLs: v.exactOptional(v.boolean()),
})
