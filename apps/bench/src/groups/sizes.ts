import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { toRow } from '../row.ts'
import type { Row } from '../row.ts'

const KIB = 1024

interface Entry {
  readonly name: string
  /** What a user would write. */
  readonly code: string
  readonly goal?: number
  /** What is there anyway, and left out. */
  readonly beside?: readonly string[]
}

/** The same set as cockatiel's three: its files, as an app gets them with the rest or not at all. */
const sameSet = ['retry', 'attempt', 'breaker-layer', 'circuits', 'budget', 'layer']
/** The failure table is the vocabulary of the whole project, and no part of resilience. */
const beside = ['@lightfast/core']

/** The goals of ours are the gates of `pnpm sizes`. */
const entries: readonly Entry[] = [
  {
    name: 'ours: retry, breaker, budget, deadline',
    code: sameSet
      .map((name) => `export * from '../../../../packages/server/src/resilience/${name}.ts'`)
      .join('\n'),
    goal: 4.2 * KIB,
    beside,
  },
  {
    name: 'cockatiel: retry, breaker, timeout',
    code: `export { circuitBreaker, ConsecutiveBreaker, ExponentialBackoff, handleAll, retry, SamplingBreaker, timeout, wrap } from 'cockatiel'`,
  },
  {
    name: 'ours: every layer',
    code: `export * from '../../../../packages/server/src/resilience/create-resilience.ts'`,
    goal: 5.3 * KIB,
    beside,
  },
  { name: 'cockatiel: all of it', code: `export * from 'cockatiel'` },
  { name: 'opossum', code: `export { default } from 'opossum'` },
  { name: 'p-retry', code: `export { default } from 'p-retry'` },
  {
    name: 'ours: the core of the client',
    code: `export { createClientCore } from '@lightfast/server'`,
    goal: 11 * KIB,
  },
  {
    name: 'ours: the client with every endpoint',
    code: `export { createImagesClient } from '@lightfast/server'`,
    goal: 16.2 * KIB,
  },
  {
    name: 'cloudflare: images alone',
    code: `export { createClient } from 'cloudflare/tree-shakable'
      export { Images } from 'cloudflare/resources/images/images'`,
  },
  { name: 'cloudflare: all of it', code: `export { default } from 'cloudflare'` },
  { name: 'ky', code: `export { default } from 'ky'` },
]

/** Measures what each costs to carry: bundled, minified and gzipped. */
export async function sizes(): Promise<Row[]> {
  const rows = entries.map(async ({ goal, ...entry }) => {
    const { name } = entry
    const figure = await measure(entry)
    return toRow({
      group: 'sizes',
      name,
      figure,
      unit: 'bytes',
      ...(goal !== undefined && { goal }),
    })
  })
  return Promise.all(rows)
}

/** As the gates of `pnpm sizes` measure, but for a server: what Node brings is left out. */
async function measure({ code, beside = [] }: Entry): Promise<number> {
  const { outputFiles } = await build({
    stdin: {
      contents: code,
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
      loader: 'ts',
    },
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: 'es2022',
    platform: 'node',
    external: [...beside],
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  })
  return gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length
}
