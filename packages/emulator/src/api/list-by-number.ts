/** The deprecated list: https://developers.cloudflare.com/api/resources/images/subresources/v1/methods/list/ */
import { Hono } from 'hono'
import { faultLayer } from '../apply-fault.ts'
import { fail, succeed } from '../envelope.ts'
import { toImageObject } from '../image-object.ts'
import { cutPage } from './cursor.ts'
import { checkNames, findListed, parseCount } from './list-query.ts'
import type { Emulation, EmulatorEnv } from '../emulation.ts'
import type { Fault } from '../faults.ts'
import type { ImageObject } from '../image-object.ts'

const perPage = { name: 'per_page', least: 10, most: 10_000, otherwise: 1000 }
const pageNumber = { name: 'page', least: 1, most: 999_999_999, otherwise: 1 }

/** Creates the route that lists images by the number of a page, newest first; that order is assumed. */
export function createListByNumberRoutes(emulation: Emulation): Hono<EmulatorEnv> {
  const app = new Hono<EmulatorEnv>()
  app.get('/v1', faultLayer(emulation, 'list', fail), async (c) =>
    succeed({
      images: await listImages(new URL(c.req.url).searchParams, emulation, c.env.acted),
    }),
  )
  return app
}

async function listImages(
  query: URLSearchParams,
  emulation: Emulation,
  acted: readonly Fault[],
): Promise<readonly ImageObject[]> {
  const { settings } = emulation.config
  checkNames(query, ['page', 'per_page', 'creator'], settings)
  const count = parseCount(query, perPage, settings)
  const page = parseCount(query, pageNumber, settings)
  const found = await findListed(query, emulation, acted)
  const all = cutPage(found, { direction: 'desc', count: found.length, token: '' })?.images ?? []
  return all.slice((page - 1) * count, page * count).map((image) => toImageObject(image, emulation))
}
