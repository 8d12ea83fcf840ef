import { Hono } from 'hono'
import * as v from 'valibot'
import { parseFaults } from '../parse-faults.ts'
import { isScenarioName, scenarios } from '../scenarios.ts'
import { readJsonBody, readShape } from './read-body.ts'
import { switches } from './switches.ts'
import type { Emulation, EmulatorEnv } from '../emulation.ts'
import type { FaultBoard } from '../fault-switches.ts'
import type { Switch } from './switches.ts'

/** Creates the routes that show and change the faults, one by one and by scenario. */
export function createFaultRoutes({ faults }: Emulation): Hono<EmulatorEnv> {
  const app = new Hono<EmulatorEnv>()
  app.get('/faults', (c) => c.json(faults.list()))
  app.put('/faults', async (c) => {
    faults.set(parseFaults(await readJsonBody(c.req.raw)))
    return c.json(faults.list())
  })
  app.post('/faults', async (c) => {
    faults.add(parseFaults(await readJsonBody(c.req.raw)))
    return c.json(faults.list())
  })
  app.delete('/faults', async (c) => {
    faults.remove(parseFaults(await readJsonBody(c.req.raw)))
    return c.json(faults.list())
  })
  app.get('/scenarios', (c) => c.json(listScenarios(faults)))
  app.put('/scenarios/:name', async (c) => {
    const name = c.req.param('name')
    if (!isScenarioName(name)) return c.json({ message: `No scenario ${name}` }, 404)
    const { on } = await readShape(c.req.raw, switchSchema)
    faults.remove(scenarios[name])
    if (on) faults.add(scenarios[name])
    return c.json(listScenarios(faults))
  })
  return app
}

const switchSchema = v.strictObject({ on: v.boolean() })

/** A scenario is on while each of its faults is listed and one of them can still act. */
function listScenarios(faults: FaultBoard): readonly (Switch & { readonly on: boolean })[] {
  const listed = faults.list().map(({ remaining, ...fault }) => ({
    text: JSON.stringify(fault),
    live: remaining !== 0,
  }))
  return switches.map((one) => {
    const own = one.faults.map((fault) => listed.find(({ text }) => text === JSON.stringify(fault)))
    return { ...one, on: own.every((found) => found) && own.some((found) => found?.live === true) }
  })
}
