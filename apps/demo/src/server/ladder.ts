/** The rungs of the upload ladder, as switches: a demo should be able to take them away. */
import { sValidator } from '@hono/standard-validator'
import { rungs as allRungs } from '@lightfast/core'
import type { Rung } from '@lightfast/core'
import { Hono } from 'hono'
import * as v from 'valibot'

export interface Ladder {
  readonly read: () => readonly Rung[]
  /** `GET /` and `PUT /`: the rungs that are on, as `{ rungs }`. */
  readonly routes: Hono
}

const ladderSchema = v.strictObject({
  rungs: v.pipe(v.array(v.picklist(allRungs)), v.minLength(1), v.maxLength(allRungs.length)),
})

/** Makes the ladder with every rung on. */
export function createLadder(): Ladder {
  let rungs: readonly Rung[] = allRungs
  const routes = new Hono()
  routes.get('/', (c) => c.json({ rungs }))
  routes.put('/', sValidator('json', ladderSchema), (c) => {
    const wanted = c.req.valid('json').rungs
    rungs = allRungs.filter((rung) => wanted.includes(rung))
    return c.json({ rungs })
  })
  return { read: () => rungs, routes }
}
