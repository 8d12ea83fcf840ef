/** How sizes are measured, and the sizes of the server that `pnpm sizes` gates and `pnpm bench` puts beside the peers'. */
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

export interface Measured {
  readonly name: string
  /** What a user would write. */
  readonly code: string
  /** What the app has anyway. @default nothing */
  readonly beside?: readonly string[]
  /** `node`: what Node brings is left out. @default 'browser' */
  readonly platform?: 'browser' | 'node'
}

export interface Gate extends Measured {
  /** It only ever goes down. */
  readonly maxBytes: number
}

export const KIB = 1024

/** The failure table is the vocabulary of the whole project, and no part of resilience: it is there without it. */
const beside = ['@lightfast/core']

const resilience = (...names: readonly string[]): string =>
  names.map((name) => `export * from '../../packages/server/src/resilience/${name}.ts'`).join('\n')

export const serverSizes = {
  /** The same set as cockatiel's retry, breaker and timeout. */
  sameSet: {
    name: 'retry, breaker, budget, deadline',
    code: resilience('retry', 'attempt', 'breaker-guard', 'circuits', 'budget', 'layer'),
    maxBytes: 4.2 * KIB,
    beside,
  },
  everyLayer: {
    name: 'every layer, with gate, bulkhead and controls',
    code: resilience('create-resilience'),
    maxBytes: 5.3 * KIB,
    beside,
  },
  core: {
    name: 'the client’s core',
    code: `export { createClientCore } from '@lightfast/server'`,
    maxBytes: 11 * KIB,
  },
  everyEndpoint: {
    name: 'the client with every endpoint',
    code: `export { createImagesClient } from '@lightfast/server'`,
    maxBytes: 16.2 * KIB,
  },
} as const satisfies Record<string, Gate>

/** Measures what it costs to carry: bundled, minified and gzipped. `from` is the folder whose packages are meant. */
export async function measureSize(
  { code, beside: external = [], platform = 'browser' }: Measured,
  from = 'apps/demo',
): Promise<number> {
  const { outputFiles } = await build({
    stdin: {
      contents: code,
      resolveDir: fileURLToPath(new URL(`../${from}`, import.meta.url)),
      loader: 'ts',
    },
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    platform,
    ...(platform === 'browser' && { conditions: ['browser'] }),
    define: { 'process.env.NODE_ENV': '"production"' },
    external: [...external],
    logLevel: 'error',
  })
  return gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length
}
