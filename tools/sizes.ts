/** `pnpm sizes`: what a user pays for each entry, against its budget. With `--json`, for machines. */
import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

interface Entry {
  readonly name: string
  /** What a user would write. */
  readonly code: string
  readonly maxBytes: number
  /** What the app has anyway. @default React */
  readonly beside?: readonly string[]
}

const KIB = 1024
const react = ['react', 'react/jsx-runtime', 'react-dom']

/** A budget only ever goes down. */
const entries: readonly Entry[] = [
  {
    name: 'react: the hook with its engine',
    code: `export { useImageUpload } from '@lightfast/react'`,
    maxBytes: 12 * KIB,
  },
  {
    name: 'react: the ready-made upload area',
    code: `export { ImageUploadArea, useImageUpload } from '@lightfast/react'`,
    maxBytes: 19 * KIB,
  },
  {
    name: 'react: avatar',
    code: `export { AvatarFallback, AvatarImage, AvatarRoot } from '@lightfast/react'`,
    maxBytes: 2.5 * KIB,
  },
  {
    name: 'react: toasts',
    code: `export { UploadToasts } from '@lightfast/react/toast'`,
    maxBytes: 18 * KIB,
  },
  {
    name: 'core: check a file',
    code: `export { checkFile } from '@lightfast/core'`,
    maxBytes: 3 * KIB,
  },
  {
    name: 'server: retry, breaker, budget, deadline',
    code: ['retry', 'attempt', 'breaker-layer', 'circuits', 'budget', 'layer']
      .map((name) => `export * from '../../packages/server/src/resilience/${name}.ts'`)
      .join('\n'),
    maxBytes: 4.2 * KIB,
    // The failure table is not a part of resilience: it is there without it.
    beside: ['@lightfast/core'],
  },
  {
    name: 'server: every layer, with gate, bulkhead and controls',
    code: `export * from '../../packages/server/src/resilience/create-resilience.ts'`,
    maxBytes: 5.3 * KIB,
    beside: ['@lightfast/core'],
  },
  {
    name: 'server: the client’s core',
    code: `export { createClientCore } from '@lightfast/server'`,
    maxBytes: 11 * KIB,
  },
  {
    name: 'server: the client with every endpoint',
    code: `export { createImagesClient } from '@lightfast/server'`,
    maxBytes: 16.2 * KIB,
  },
]

const sizes = await Promise.all(
  entries.map(async (entry) => ({ ...entry, bytes: await measure(entry) })),
)
const css = await readFile('packages/react/src/styles.css')
const all = [
  ...sizes,
  { name: 'react: styles.css', bytes: gzipSync(css).length, maxBytes: 5 * KIB },
]
const rows = all.map(({ name, bytes, maxBytes }) => ({
  name,
  bytes,
  maxBytes,
  holds: bytes <= maxBytes,
}))

if (process.argv.includes('--json')) console.log(JSON.stringify(rows, null, 2))
else for (const row of rows) console.log(toLine(row))
process.exitCode = rows.every(({ holds }) => holds) ? 0 : 1

/** Bundled, minified and gzipped. */
async function measure({ code, beside = react }: Entry): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: 'apps/demo', loader: 'ts' },
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    conditions: ['browser'],
    define: { 'process.env.NODE_ENV': '"production"' },
    external: [...beside],
    logLevel: 'error',
  })
  return gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length
}

function toLine(row: (typeof rows)[number]): string {
  const [size, budget] = [row.bytes, row.maxBytes].map((bytes) =>
    (bytes / KIB).toFixed(1).padStart(5),
  )
  return `${row.holds ? 'ok  ' : 'OVER'} ${size} of ${budget} KiB gzip  ${row.name}`
}
