/** A Worker with nothing in it but what is put there. */
import { build } from 'esbuild'
import { Miniflare } from 'miniflare'
import type { WorkerOptions } from 'miniflare'

type Bindings = NonNullable<WorkerOptions['config']['env']>

/** Bundled for no platform, so that an import of `node:` anything does not resolve. */
export async function bundleWorker(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: 'packages/server', loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2023',
    platform: 'neutral',
    conditions: ['workerd', 'worker'],
    mainFields: ['module', 'main'],
    logLevel: 'silent',
  })
  return outputFiles[0]?.text ?? ''
}

/** Starts workerd on loopback, with the network shut: no look-up of `request.cf`, no telemetry, no way out. */
export function startWorker(
  compatibilityDate: string,
  contents: string,
  env: Bindings = {},
): Miniflare {
  return new Miniflare({
    host: '127.0.0.1',
    port: 0,
    cf: false,
    telemetry: { enabled: false },
    enableDevRegistry: false,
    workers: [
      {
        config: {
          name: 'worker',
          compatibilityDate,
          compatibilityFlags: [],
          env,
          manifest: {
            mainModule: 'index.mjs',
            modules: { 'index.mjs': { type: 'esm', contents } },
          },
        },
        dev: { outboundService: { type: 'fetcher', handler: refuse } },
      },
    ],
  })
}

function refuse({ url }: { readonly url: string }): never {
  throw new Error(`The Worker asked for ${url}.`)
}
