/** `pnpm check`: every check that needs no test, one after the other. All of them run; one that fails fails the whole. */
import { spawnSync } from 'node:child_process'

const checks: readonly (readonly [name: string, ...command: [string, ...string[]]])[] = [
  ['types of the libraries', 'tsc', '-b', 'tsconfig.build.json'],
  ['types of everything', 'tsc', '-p', 'tsconfig.json'],
  ['lint and cycles', 'oxlint', '--quiet'],
  ['format', 'oxfmt', '--check', '.'],
  ['dead code', 'knip'],
  ['sizes', 'node', 'tools/sizes.ts'],
]

const failed = checks.filter(([name, command, ...args]) => {
  console.log(`\n> ${name}`)
  return spawnSync(command, args, { stdio: 'inherit' }).status !== 0
})

console.log(
  failed.length === 0
    ? '\nAll checks passed.'
    : `\nFailed: ${failed.map(([name]) => name).join(', ')}.`,
)
process.exitCode = failed.length === 0 ? 0 : 1
