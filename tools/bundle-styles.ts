import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/** Bundles the stylesheet of the kit into the one file that is published, for browsers that know its CSS as it is written. */
export async function bundleStyles(): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../packages/react/src/styles.css', import.meta.url))],
    bundle: true,
    write: false,
    target: 'esnext',
    logLevel: 'error',
  })
  return outputFiles[0]?.contents ?? new Uint8Array()
}
