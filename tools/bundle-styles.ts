import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/** Bundles the stylesheet of the kit into the one file that is published, for browsers that know its CSS as it is written. Minified, it is what an app's own build makes of it. */
export async function bundleStyles(
  form: 'readable' | 'minified' = 'readable',
): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../packages/react/src/styles.css', import.meta.url))],
    bundle: true,
    write: false,
    minify: form === 'minified',
    target: 'esnext',
    logLevel: 'error',
  })
  return outputFiles[0]?.contents ?? new Uint8Array()
}
