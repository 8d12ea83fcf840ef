import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import type { Server } from 'node:net'
import { fileURLToPath } from 'node:url'
import { localAccount } from '@lightfast/emulator'
import { createNodeEmulator, serve } from '@lightfast/emulator/node'
import type { RunningEmulator } from '@lightfast/emulator/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { upload } from '../test-support/examine.ts'

const main = fileURLToPath(new URL('./main.ts', import.meta.url))
const emulator = createNodeEmulator()
let running: RunningEmulator
let environment: Record<string, string>

beforeAll(async () => {
  running = await serve(emulator, { port: 0 })
  environment = {
    CLOUDFLARE_BASE_URL: `${running.url}/client/v4`,
    CLOUDFLARE_ACCOUNT_ID: localAccount.accountId,
    CLOUDFLARE_API_TOKEN: localAccount.writeToken,
    CLOUDFLARE_IMAGES_ACCOUNT_HASH: localAccount.accountHash,
    CLOUDFLARE_IMAGES_DELIVERY_URL: `${running.url}/${localAccount.accountHash}`,
    LIGHTFAST_WEBHOOK_SECRET: 'a-webhook-secret-of-thirty-two-or-more',
  }
  await upload(emulator, 'private')
})
afterAll(() => running.close())

/** Runs the command, with these variables and no others. */
function run(args: readonly string[], env: Record<string, string> = environment) {
  const child = spawn(process.execPath, [main, ...args], { env })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk) => (out += String(chunk)))
  child.stderr.on('data', (chunk) => (err += String(chunk)))
  const ended = new Promise<{
    readonly code: number | null
    readonly out: string
    readonly err: string
  }>((resolve) => child.on('close', (code) => resolve({ code, out, err })))
  return { child, ended }
}

/** The variables for an API on a port of its own, where somebody listens who never answers, until `meet` does something. */
async function pointAt(meet: (server: Server) => unknown): Promise<Record<string, string>> {
  const server = createServer()
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  meet(server)
  return { ...environment, CLOUDFLARE_BASE_URL: `http://127.0.0.1:${port}/client/v4` }
}

describe('lightfast doctor on a listening account', () => {
  test('prints a line for each check and a tally, without colours, and ends with 0', async () => {
    const { code, out, err } = await run(['doctor']).ended
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/^✓ ok {7}environment /m)
    expect(out).toMatch(/^✓ ok {7}signed-url /m)
    expect(out).toMatch(/\n20 checks: \d+ ok, 0 warning, 0 failed, \d+ skipped\n$/)
    expect(out).not.toContain('\u001B')
    for (const [name, value] of Object.entries(environment)) {
      if (/TOKEN|SECRET/.test(name)) expect(out).not.toContain(value)
    }
    expect(out).not.toContain('sig=')
  })

  test('prints JSON for machines', async () => {
    const { code, out } = await run(['doctor', '--json', '--variant', 'public']).ended
    expect(code).toBe(0)
    const { ok, checks }: { ok: boolean; checks: unknown[] } = JSON.parse(out)
    expect(ok).toBe(true)
    expect(checks[0]).toEqual({
      name: 'environment',
      status: 'ok',
      finding: expect.stringContaining('CLOUDFLARE_BASE_URL'),
    })
  })

  test('ends with 1 if something failed, and says how to mend it', async () => {
    const args = ['doctor', '--variant', 'wide', '--webhook-secret', 'guess-me']
    const { code, out } = await run(args).ended
    expect(code).toBe(1)
    expect(out).toContain('✗ failed   variants           There is no variant called wide.')
    expect(out).toContain('→ Create it in the dashboard')
    expect(out).toMatch(/^✗ failed {3}webhook-secret/m)
    expect(out).not.toContain('guess-me')
  })

  test('without any variable it says which ones are missing, and asks nobody', async () => {
    const before = emulator.requests().length
    const { code, out } = await run(['doctor'], {}).ended
    expect(code).toBe(1)
    expect(out).toContain('CLOUDFLARE_ACCOUNT_ID is not set.')
    expect(emulator.requests()).toHaveLength(before)
  })

  test('an address where nothing listens is told at once', async () => {
    const { code, out } = await run(['doctor'], await pointAt((server) => server.close())).ended
    expect(code).toBe(1)
    expect(out).toContain('connection')
    expect(out).toMatch(/nothing\s+listens\s+there/)
  })
})

test('Ctrl-C ends it at once, whatever it waits for', async () => {
  let silent: Server | undefined
  const env = await pointAt((server) => (silent = server))
  const asked = new Promise<void>((resolve) => silent?.once('connection', () => resolve()))
  const { child, ended } = run(['doctor'], env)
  await asked
  const startedAt = performance.now()
  child.kill('SIGINT')
  await ended
  expect(performance.now() - startedAt).toBeLessThan(1000)
  expect(child.signalCode).toBe('SIGINT')
  silent?.close()
})

test('whoever stops reading, as head does, ends it without a stack', async () => {
  const { child, ended } = run(['doctor'])
  child.stdout.destroy()
  const { code, err } = await ended
  expect([code, err]).toEqual([1, ''])
})

test('bad arguments end with 2 and a sentence', async () => {
  const { code, out, err } = await run(['docter']).ended
  expect([code, out]).toEqual([2, ''])
  expect(err).toBe('lightfast: There is no command docter. Try --help.\n')
})

test('it tells its version and how it is used', async () => {
  const [version, help] = [run(['--version']).ended, run(['--help']).ended]
  expect((await version).out).toMatch(/^\d+\.\d+\.\d+/)
  const { out } = await help
  expect(out).toContain('lightfast doctor')
  const commands = [...out.matchAll(/^ {2}lightfast (\w+)/gm)].map(([, name = '']) => name)
  const topics = await Promise.all(commands.map((name) => run([name, '--help']).ended))
  expect(topics.map(({ out }) => out.split(' ').slice(0, 3).join(' '))).toEqual(
    commands.map((name) => `Usage: lightfast ${name}`),
  )
  for (const { out } of [...topics, await help]) {
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(105)
  }
})
