/** The kit in a bare Worker. The project `workerd` cannot show this: its runner switches Node's modules on. */
import { readFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { bundleWorker, startWorker } from './bare-worker.ts'

/** Made for Node, or on libraries that need it, for a test runner, or no code at all. */
const notForWorkers = ['./node', './postgres', './bullmq', './sharp', './testing', './package.json']

const entries = ['core', 'server', 'emulator'].flatMap(readEntries)

/** Two dates, since Node's modules are on by themselves from the fourth of August 2026. */
const dates = [
  ['2026-08-03', 'undefined'],
  ['2026-11-02', 'object'],
] as const

test.each(dates)(
  'every Web-standard entry loads in a Worker of %s without a flag, and a client made there answers',
  async (compatibilityDate, process) => {
    const worker = startWorker(compatibilityDate, await bundleWorker(toWorker(entries)))
    onTestFinished(() => worker.dispose())
    const reply = await worker.dispatchFetch('http://worker.example/')
    const text = await reply.text()
    expect(reply.status, text).toBe(200)
    expect(JSON.parse(text)).toEqual({
      loaded: entries.map((name) => [name, true]),
      process,
      variants: ['public'],
    })
  },
)

test('the entries are read from the packages', () => {
  expect(entries).toEqual(
    expect.arrayContaining([
      '@lightfast/core',
      '@lightfast/server',
      '@lightfast/server/hono',
      '@lightfast/server/s3',
      '@lightfast/emulator',
    ]),
  )
  expect(entries.filter((name) => name.endsWith('/node'))).toEqual([])
})

function readEntries(folder: string): string[] {
  const { name, exports }: { name: string; exports: Record<string, string> } = JSON.parse(
    readFileSync(`packages/${folder}/package.json`, 'utf8'),
  )
  return Object.keys(exports)
    .filter((path) => !notForWorkers.includes(path))
    .map((path) => name + path.slice(1))
}

/** All is made at module scope: the entries' own modules, an emulator, and a client that talks to it. */
function toWorker(names: readonly string[]): string {
  return `${names.map((name, at) => `import * as entry${at} from '${name}'`).join('\n')}
import { createEmulator, localAccount } from '@lightfast/emulator'
import { createImagesClient } from '@lightfast/server'

const loaded = [${names.map((name, at) => `['${name}', Object.keys(entry${at}).length > 0]`).join(', ')}]
const emulator = createEmulator()
const client = createImagesClient({
  accountId: localAccount.accountId,
  apiToken: localAccount.writeToken,
  fetch: (request) => emulator.fetch(request),
})

export default {
  fetch: async () =>
    Response.json({
      loaded,
      process: typeof process,
      variants: (await client.variants.list()).map(({ id }) => id),
    }),
}
`
}
