import { expect, test } from 'vitest'
import * as bareHono from './bare-hono.ts'
import * as bareSharp from './bare-sharp.ts'
import * as ourGateway from './our-gateway.ts'

const cases = [
  ['ours, drawn', ourGateway.cases.drawn],
  ['ours, cached', ourGateway.cases.cached],
  ['sharp', bareSharp.cases.drawn],
  ['hono', bareHono.cases.cached],
] as const

test.each(cases)(
  'what is timed answers a picture, or would look fast: %s',
  async (_, one) => {
    const { call } = await one.prepare(0)
    await call()
    await expect(call()).resolves.not.toThrow()
  },
  30_000,
)
