import type { Reporter, TestModule } from 'vitest/node'

/** Closes a run with what failed, a line or two each, and one plain line: `N passed, N failed, N skipped`. */
export default class Tally implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly Failure[]): void {
    const counts = { passed: 0, failed: 0, skipped: 0 }
    const fail = (where: string, failures: readonly Failure[]): void => {
      counts.failed += 1
      console.log(`FAILED ${where}\n${failures.map(tell).join('\n')}`)
    }
    for (const error of errors) fail('outside of any test', [error])
    for (const module of modules) {
      for (const error of module.errors()) fail(nameOf(module), [error])
      for (const test of module.children.allTests()) {
        const { state, errors: failures = [] } = test.result()
        if (state === 'failed') fail(`${nameOf(module)} > ${test.fullName}`, failures)
        else counts[state === 'pending' ? 'skipped' : state] += 1
      }
    }
    console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
  }
}

interface Failure {
  readonly message?: string
  readonly diff?: string
  readonly stacks?: readonly { readonly file: string; readonly line: number }[]
}

const nameOf = ({ project, relativeModuleId }: TestModule): string =>
  `[${project.name}] ${relativeModuleId}`

const tell = ({ message = 'no message', diff = '', stacks = [] }: Failure): string =>
  [message, diff, ...stacks.slice(0, 3).map(({ file, line }) => `at ${file}:${line}`)]
    .filter((line) => line !== '')
    .map((line) => `  ${line}`)
    .join('\n')
