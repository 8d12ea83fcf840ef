/** The second list: https://developers.cloudflare.com/api/resources/images/subresources/v2/methods/list/ */
import { Hono } from 'hono'
import { faultLayer } from '../apply-fault.ts'
import { refused } from '../codes.ts'
import { fail, succeed } from '../envelope.ts'
import { toImageObject } from '../image-object.ts'
import { cutPage } from './cursor.ts'
import { checkNames, findListed, parseCount } from './list-query.ts'
import { parseMetaFilters } from './meta-filters.ts'
import type { Emulation, EmulatorEnv } from '../emulation.ts'
import type { Fault } from '../faults.ts'
import type { ImageObject } from '../image-object.ts'
import type { EmulatorSettings } from '../settings.ts'

interface Page {
  readonly images: readonly ImageObject[]
  readonly continuation_token: string | null
}

/** Creates the route that lists images page by page. */
export function createListRoutes(emulation: Emulation): Hono<EmulatorEnv> {
  const app = new Hono<EmulatorEnv>()
  app.get('/v2', faultLayer(emulation, 'list', fail), async (c) =>
    succeed(await listImages(new URL(c.req.url).searchParams, emulation, c.env.acted)),
  )
  return app
}

async function listImages(
  query: URLSearchParams,
  emulation: Emulation,
  acted: readonly Fault[],
): Promise<Page> {
  const { settings } = emulation.config
  checkNames(query, ['continuation_token', 'per_page', 'sort_order', 'creator'], settings)
  const direction = parseDirection(query, settings)
  const count = parseCount(
    query,
    { name: 'per_page', least: 10, most: 10_000, otherwise: 1000 },
    settings,
  )
  const filter = parseMetaFilters(query, settings)
  const found = (await findListed(query, emulation, acted)).filter(({ facts }) =>
    filter(facts.meta),
  )
  const token = query.get('continuation_token') ?? ''
  const page = cutPage(found, { direction, count, token })
  if (!page) throw refused(5400, settings, 'continuation_token is not valid')
  return {
    images: page.images.map((image) => toImageObject(image, emulation)),
    continuation_token: page.next,
  }
}

function parseDirection(query: URLSearchParams, settings: EmulatorSettings): 'asc' | 'desc' {
  const given = query.get('sort_order') ?? 'desc'
  if (given === 'asc' || given === 'desc') return given
  throw refused(5400, settings, 'sort_order must be asc or desc')
}
