/** Hono with the bytes of a picture in memory. */
import { Hono } from 'hono'
import type { Case } from '../timing/time-calls.ts'
import { drawByHand, makeMark } from './bare-sharp.ts'
import { cachedRhythm, createGet, makePhoto } from './gateway-terms.ts'

const cached: Case = {
  rhythm: cachedRhythm,
  async prepare() {
    const bytes = new Uint8Array(await drawByHand(await makePhoto(), await makeMark()))
    const app = new Hono()
    app.get('/view/:token', (c) =>
      c.body(bytes, 200, { 'content-type': 'image/jpeg', 'cache-control': 'private, max-age=300' }),
    )
    return createGet(app, '/view/token')
  },
}

export const cases = { cached }
