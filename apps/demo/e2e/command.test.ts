import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { localAccount } from '@lightfast/emulator'
import { createNodeEmulator, serve } from '@lightfast/emulator/node'
import { afterAll, expect, test } from 'vitest'

const dataPath = mkdtempSync(join(tmpdir(), 'lightfast-command-'))
const main = new URL('../src/server/main.ts', import.meta.url).pathname
const account = {
  CLOUDFLARE_ACCOUNT_ID: localAccount.accountId,
  CLOUDFLARE_API_TOKEN: localAccount.writeToken,
  CLOUDFLARE_IMAGES_ACCOUNT_HASH: localAccount.accountHash,
}

afterAll(() => rmSync(dataPath, { recursive: true }))

/** Runs the command until it ends or has printed what is waited for; then it is asked to end. */
function run(
  environment: Record<string, string>,
  until: RegExp,
): Promise<{ output: string; code: number | null }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [main], {
      env: { ...process.env, LIGHTFAST_DATA: dataPath, ...environment },
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString()
        if (until.test(output)) child.kill('SIGTERM')
      })
    }
    child.on('close', (code) => resolve({ output, code }))
  })
}

test('prints its address when it is ready, and ends when asked', async () => {
  const { output, code } = await run({ PORT: '0' }, /Image host:.*\n/)
  expect(output).toMatch(/Lightfast demo: http:\/\/localhost:\d+/)
  expect(code).toBe(0)
})

test.each([
  ['127.0.0.1', /http:\/\/127\.0\.0\.1:\d+/],
  ['0.0.0.0', /http:\/\/(?!0\.0\.0\.0)[\w.]+:\d+/],
])('with HOST=%s it prints an address that others can open', async (HOST, address) => {
  const { output, code } = await run({ HOST, PORT: '0' }, /Image host:.*\n/)
  expect(output).toMatch(address)
  expect(code).toBe(0)
})

test('a port that is taken is named, and no other is tried', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = String(typeof address === 'object' ? address?.port : 0)
  const { output, code } = await run({ PORT: port }, /never/)
  server.close()
  expect([code, output]).toEqual([
    1,
    expect.stringContaining(`Port ${port} of 127.0.0.1 is taken.`),
  ])
})

test.each([
  [{ PORT: 'five' }, 'PORT must be a number'],
  [
    { CLOUDFLARE_ACCOUNT_ID: account.CLOUDFLARE_ACCOUNT_ID },
    'CLOUDFLARE_API_TOKEN and CLOUDFLARE_IMAGES_ACCOUNT_HASH must be set too',
  ],
  [{ ...account, CLOUDFLARE_ACCOUNT_ID: 'x' }, 'CLOUDFLARE_ACCOUNT_ID must be'],
])(
  'the environment %j stops it at once, with the name of the variable',
  async (environment, message) => {
    const { output, code } = await run(environment, /never/)
    expect([code, output]).toEqual([1, expect.stringContaining(message)])
  },
)

test('runs on an emulator of its own, with the variables that it prints', async () => {
  const cli = new URL('../../../packages/emulator/src/node/cli.ts', import.meta.url).pathname
  const emulator = spawn(process.execPath, [cli, '--port', '0'])
  const printed = await new Promise<string>((resolve) => {
    let output = ''
    emulator.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      if (/CLOUDFLARE_IMAGES_DELIVERY_URL=.*\n/.test(output)) resolve(output)
    })
  })
  const lines = [...printed.matchAll(/^(CLOUDFLARE_\w+)=(.*)$/gm)]
  const environment = Object.fromEntries(lines.map(([, name, value]) => [name, value]))
  const { output, code } = await run({ ...environment, PORT: '0' }, /Image host:.*\n/)
  emulator.kill()
  expect([code, output]).toEqual([0, expect.stringContaining('your Cloudflare account')])
})

test('with an account it talks to that account, over the network', async () => {
  const emulator = createNodeEmulator()
  const host = await serve(emulator, { port: 0 })
  const environment = { ...account, PORT: '0', CLOUDFLARE_BASE_URL: `${host.url}/client/v4` }
  const { output } = await run(environment, /Image host:.*\n/)
  expect(output).toContain('your Cloudflare account')
  expect(emulator.requests().map(({ path }) => path.split('/').at(-1))).toContain('keys')

  const refused = await run({ ...environment, CLOUDFLARE_API_TOKEN: 'wrong' }, /never/)
  expect([refused.code, refused.output]).toEqual([
    1,
    expect.stringContaining('CLOUDFLARE_API_TOKEN'),
  ])
  await host.close()
})
