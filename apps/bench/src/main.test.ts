import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const run = promisify(execFile)
const program = fileURLToPath(new URL('main.ts', import.meta.url))
const bench = (...args: string[]) => run(process.execPath, [program, ...args])

test('writes the rows of a group as JSON, and nothing else', async () => {
  const { stdout } = await bench('--only', 'sizes', '--json')
  expect(JSON.parse(stdout)).toContainEqual({
    group: 'sizes',
    name: 'cockatiel: retry, breaker, timeout',
    figure: expect.any(Number),
    unit: 'bytes',
  })
}, 30_000)

test('says which groups there are if there is no such one', async () => {
  await expect(bench('--only', 'nothing')).rejects.toMatchObject({
    code: 1,
    stderr:
      'There is no group "nothing", only stack, refusal, failing, http, policy, uploads, signing, gateway, jobs, sizes, simulation, kit-list, kit-avatars, kit-sizes.\n',
  })
})
