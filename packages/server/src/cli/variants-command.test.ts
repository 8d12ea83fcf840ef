import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { setUpCommand } from '../test-support/set-up-command.ts'
import type { CommandTest } from '../test-support/set-up-command.ts'

// Each runs processes of their own, on a machine that may have other things to do.
vi.setConfig({ testTimeout: 60_000 })

let app: CommandTest

beforeEach(async () => {
  app = await setUpCommand()
})
afterEach(() => app.close())

const presets = { gallery: { fit: 'scale-down', widths: [320, 640] } }

function write(name: string, text: string): string {
  const path = join(app.folder, name)
  writeFileSync(path, text)
  return path
}

function sync(path: string, ...args: readonly string[]) {
  const env = { ...app.environment, LIGHTFAST_PRESETS: path }
  return app.run(['variants', 'sync', ...args], env).ended
}

async function names(): Promise<readonly string[]> {
  return (await app.client.variants.list()).map(({ id }) => id)
}

test('tells in a dry run what a real run then does, and keeps what is foreign', async () => {
  const path = write('presets.json', JSON.stringify(presets))
  await app.client.variants.create({ id: 'by-hand', fit: 'pad', width: 5, height: 5 })
  await app.client.variants.create({ id: 'gallery-640', fit: 'crop', width: 640, height: 9 })
  const look = await sync(path, '--dry-run', '--json')
  expect(await names()).toEqual(['public', 'by-hand', 'gallery-640'])
  const real = await sync(path, '--yes', '--json')
  expect([look.code, real.code, real.err]).toEqual([0, 0, ''])
  expect({ ...JSON.parse(real.out), dryRun: true }).toEqual(JSON.parse(look.out))
  expect(JSON.parse(look.out)).toMatchObject({
    create: ['gallery-320'],
    change: [{ id: 'gallery-640' }],
    leave: [],
    foreign: ['public', 'by-hand'],
    total: 4,
    room: 100,
  })
  expect(await names()).toEqual(['public', 'by-hand', 'gallery-640', 'gallery-320'])
  const again = await sync(path, '--yes')
  expect(again.out).toMatch(/0 variants to create\.\n.*0 variants to change/)
  expect(again.out).toMatch(/2 variants as wanted: gallery-320 and gallery-640/)
})

test('shows the plan in words first, and changes nothing unasked', async () => {
  const path = write('presets.mjs', `export const presets = ${JSON.stringify(presets)}`)
  const { code, out } = await sync(path, '--dry-run')
  expect(code).toBe(0)
  expect(out).toMatch(/2 variants to create: gallery-320 and gallery-640/)
  expect(out).toMatch(/1 variant of somebody else: they stay: public/)
  const unasked = await sync(path)
  expect([unasked.code, unasked.out]).toEqual([2, ''])
  expect(unasked.err).toContain('without a terminal it needs --yes')
  expect(await names()).toEqual(['public'])
})

test('never fills an account beyond its room', async () => {
  const widths = Array.from({ length: 100 }, (_, at) => at + 1)
  const path = write('many.json', JSON.stringify({ a: { fit: 'contain', widths } }))
  const look = await sync(path, '--dry-run')
  const real = await sync(path, '--yes')
  expect([look.code, real.code]).toEqual([1, 1])
  expect(real.out).toBe(look.out)
  expect(real.out).toContain('101 of 100 variants')
  expect(await names()).toEqual(['public'])
})

test.each([
  ['no.json', undefined, 'There is no file of presets'],
  ['bad.json', '{', 'is no JSON'],
  ['wrong.json', '{"a":{"fit":"cover","widths":[1]}}', 'needs a ratio'],
  ['empty.mjs', '', 'exports no "presets"'],
])('%s is refused before anybody is asked', async (name, text, reason) => {
  const path = text === undefined ? join(app.folder, name) : write(name, text)
  const { code, out, err } = await sync(path, '--yes')
  expect([code, out]).toEqual([2, ''])
  expect(err).toContain(reason)
  expect(app.emulator.requests()).toEqual([])
})

test('names the variable of the presets if it is not set', async () => {
  const { code, err } = await app.run(['variants', 'sync', '--dry-run']).ended
  expect([code, err]).toEqual([2, expect.stringContaining('LIGHTFAST_PRESETS is not set')])
})
