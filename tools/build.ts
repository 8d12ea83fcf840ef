/** `pnpm build`: the libraries as they are published, checked from their tarballs, then the demo page and Storybook. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundleStyles } from './bundle-styles.ts'

const packages = ['core', 'emulator', 'server', 'react']

for (const name of packages) rmSync(`packages/${name}/dist`, { recursive: true, force: true })
run('tsc', '-b', '--force', 'tsconfig.build.json')
writeFileSync('packages/react/dist/styles.css', await bundleStyles())
for (const name of packages) checkPackage(`packages/${name}`)
run('vite', 'build', 'apps/demo', '--logLevel', 'warn')
run('storybook', 'build', '--quiet', '--output-dir', 'storybook-static')
console.log('Built.')

/** What is checked is the tarball: only there does `publishConfig` hold. pnpm itself started this script, so it is there. */
function checkPackage(folder: string): void {
  const target = mkdtempSync(join(tmpdir(), 'lightfast-pack-'))
  execFileSync('pnpm', ['pack', '--pack-destination', target], { cwd: folder, stdio: 'ignore' })
  const tarball = join(target, readdirSync(target)[0] ?? '')
  run('publint', 'run', tarball, '--strict')
  run('attw', tarball, '--profile', 'esm-only', '--exclude-entrypoints', 'styles.css')
  rmSync(target, { recursive: true })
}

function run(command: string, ...args: string[]): void {
  console.log(`\n> ${command} ${args.join(' ')}`)
  execFileSync(command, args, { stdio: 'inherit' })
}
