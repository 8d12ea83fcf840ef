import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { read } from '../test-support/account.ts'
import type { ChildProcess } from 'node:child_process'

const cli = fileURLToPath(new URL('./cli.ts', import.meta.url))
const running: ChildProcess[] = []
afterEach(() => running.splice(0).forEach((child) => child.kill('SIGKILL')))

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs the command; `lines` resolves once it has printed its last line. */
function run(...args: readonly string[]) {
  const child = spawn(process.execPath, [cli, ...args])
  running.push(child)
  let [out, err] = ['', '']
  child.stderr.on('data', (chunk) => (err += String(chunk)))
  const lines = new Promise<Record<string, string>>((resolve) => {
    child.stdout.on('data', (chunk) => {
      out += String(chunk)
      if (out.includes('CONTROL_URL=') && out.endsWith('\n')) resolve(toRecord(out))
    })
  })
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => resolve({ code, out, err }))
  })
  return { child, lines, ended }
}

const toRecord = (out: string): Record<string, string> =>
  Object.fromEntries(
    out
      .trim()
      .split('\n')
      .map((line) => line.split(/=(.*)/s).slice(0, 2)),
  )

test('prints what a client needs, which then works, and ends on SIGTERM', async () => {
  const { child, lines, ended } = run('--port', '0', '--token', 'mine', '--scenario', 'july2026')
  const printed = await lines
  expect(Object.keys(printed)).toEqual([
    'CLOUDFLARE_BASE_URL',
    'CLOUDFLARE_ACCOUNT_ID',
    'CLOUDFLARE_API_TOKEN',
    'CLOUDFLARE_IMAGES_ACCOUNT_HASH',
    'CLOUDFLARE_IMAGES_DELIVERY_URL',
    'LIGHTFAST_EMULATOR_CONTROL_URL',
  ])
  const account = `${printed['CLOUDFLARE_BASE_URL']}/accounts/${printed['CLOUDFLARE_ACCOUNT_ID']}`
  const headers = { Authorization: 'Bearer mine' }
  const made = await fetch(`${account}/images/v2/direct_upload`, { method: 'POST', headers })
  const { result } = await read(made)
  const upload = await fetch(String(result['uploadURL']), { method: 'POST' })
  expect(upload.status).toBe(415)
  const page = await fetch(String(printed['LIGHTFAST_EMULATOR_CONTROL_URL']))
  expect(page.headers.get('Content-Type')).toContain('text/html')
  child.kill('SIGTERM')
  expect(await ended).toMatchObject({ code: 0, err: '' })
})

test('keeps images in a folder over a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'emulator-cli-'))
  const first = run('--port', '0', '--data', folder)
  const printed = await first.lines
  const path = `/accounts/${printed['CLOUDFLARE_ACCOUNT_ID']}/images`
  const headers = { Authorization: `Bearer ${printed['CLOUDFLARE_API_TOKEN']}` }
  const url = `${printed['CLOUDFLARE_BASE_URL']}${path}/v2/direct_upload`
  const { result } = await read(await fetch(url, { method: 'POST', headers }))
  first.child.kill('SIGINT')
  expect((await first.ended).code).toBe(0)
  const again = await run('--port', '0', '--data', folder).lines
  const details = `${again['CLOUDFLARE_BASE_URL']}${path}/v1/${String(result['id'])}`
  expect((await fetch(details, { headers })).status).toBe(200)
  rmSync(folder, { recursive: true })
})

test('prints an address that others can open where it listens on all of them', async () => {
  const printed = await run('--port', '0', '--host', '0.0.0.0').lines
  expect(printed['CLOUDFLARE_BASE_URL']).not.toContain('0.0.0.0')
  expect(printed['LIGHTFAST_EMULATOR_CONTROL_URL']).toContain('http://localhost:')
  const page = await fetch(String(printed['LIGHTFAST_EMULATOR_CONTROL_URL']))
  expect(page.status).toBe(200)
})

test('ends with 2 and a sentence on bad arguments', async () => {
  const { code, out, err } = await run('--port', 'many').ended
  expect([code, out]).toEqual([2, ''])
  expect(err).toBe('lightfast-emulator: --port must be a whole number from 0 to 65535, not many\n')
})

test('ends with 1 and a sentence on a taken port', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? String(address?.port) : ''
  const { code, err } = await run('--port', port).ended
  expect(code).toBe(1)
  expect(err).toBe(
    `lightfast-emulator: Port ${port} of 127.0.0.1 is taken: stop what listens there or choose another\n`,
  )
  server.close()
})

test('tells its version and how it is used', async () => {
  const [version, help] = [run('--version').ended, run('--help').ended]
  expect((await version).out).toMatch(/^\d+\.\d+\.\d+/)
  expect((await help).out).toContain('--scenario')
})
