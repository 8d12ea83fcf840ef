import { measureSize, serverSizes } from '../../../../tools/measure-size.ts'
import type { Gate, Measured } from '../../../../tools/measure-size.ts'
import { toRow } from '../row.ts'
import type { Row } from '../row.ts'

const { sameSet, everyLayer, core, everyEndpoint } = serverSizes

const entries: readonly (Measured & Partial<Gate>)[] = [
  toOurs(sameSet),
  {
    name: 'cockatiel: retry, breaker, timeout',
    code: `export { circuitBreaker, ConsecutiveBreaker, ExponentialBackoff, handleAll, retry, SamplingBreaker, timeout, wrap } from 'cockatiel'`,
  },
  toOurs(everyLayer),
  { name: 'cockatiel: all of it', code: `export * from 'cockatiel'` },
  { name: 'opossum', code: `export { default } from 'opossum'` },
  { name: 'p-retry', code: `export { default } from 'p-retry'` },
  toOurs(core),
  toOurs(everyEndpoint),
  {
    name: 'cloudflare: images alone',
    code: `export { createClient } from 'cloudflare/tree-shakable'
      export { Images } from 'cloudflare/resources/images/images'`,
  },
  { name: 'cloudflare: all of it', code: `export { default } from 'cloudflare'` },
  { name: 'ky', code: `export { default } from 'ky'` },
]

/** Measures what each costs to carry on a server. The goals of ours are the gates of `pnpm sizes`. */
export async function sizes(): Promise<Row[]> {
  return Promise.all(entries.map(toSizeRow))
}

async function toSizeRow({ maxBytes: goal, ...entry }: Measured & Partial<Gate>): Promise<Row> {
  const { name } = entry
  const figure = await measureSize({ platform: 'node', ...entry }, 'apps/bench')
  return toRow({ group: 'sizes', name, figure, unit: 'bytes', ...(goal !== undefined && { goal }) })
}

function toOurs(gate: Gate): Gate {
  return { ...gate, name: `ours: ${gate.name}` }
}
