/** The demo's process is killed at the worst moment and started again on the same folder. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chromiumArgs, chromiumPath } from '../../../tools/browser.ts'
import { flip, pick, row, tile } from './open-demo.ts'
import { pictures } from './pictures.ts'

const dataPath = mkdtempSync(join(tmpdir(), 'lightfast-restart-'))
const main = new URL('../src/server/main.ts', import.meta.url).pathname
const slow = { timeout: 100_000 }

let browser: Browser
let child: ChildProcess | undefined

beforeAll(async () => {
  const executablePath = await chromiumPath()
  browser = await chromium.launch({ executablePath, args: [...chromiumArgs] })
})
afterAll(async () => {
  await browser.close()
  await kill('SIGTERM')
  rmSync(dataPath, { recursive: true })
})

/** Drafts belong to an origin, and a port is a part of it: both starts need the same one. */
async function findPort(): Promise<string> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return String(typeof address === 'object' ? address?.port : 0)
}

/** Runs the command, and resolves to its address when it has printed it. */
function start(PORT: string): Promise<string> {
  const started = spawn(process.execPath, [main], {
    env: { ...process.env, LIGHTFAST_DATA: dataPath, PORT },
  })
  child = started
  return new Promise((resolve, reject) => {
    let output = ''
    started.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      const url = /Lightfast demo: (\S+)/.exec(output)?.[1]
      if (url) resolve(url)
    })
    started.on('close', () => reject(new Error(`The demo ended: ${output}`)))
    started.stderr.resume()
  })
}

async function kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  const closed = child && once(child, 'close')
  child?.kill(signal)
  await closed
  child = undefined
}

test('a photo that was parked when the process was killed arrives once it runs again', async () => {
  const port = await findPort()
  const url = await start(port)
  const page = await (await browser.newContext()).newPage()
  await page.goto(url)
  await flip(page, 'API outage', 'on')
  await pick(page, pictures.jpeg)
  await row(page, 'beach.jpg').getByText('Saved, it will finish by itself').waitFor(slow)
  expect(readdirSync(join(dataPath, 'bytes'), { recursive: true })).not.toEqual([])

  await kill('SIGKILL')
  // The local image host forgets its faults with its process: for it the outage is over.
  await start(port)
  await tile(page, 'beach.jpg').getByText('Kept, then sent').waitFor(slow)
  const images = await (await page.request.get(`${url}/__lightfast/images`)).json()
  expect(images).toHaveLength(1)
  await page.reload()
  await tile(page, 'beach.jpg').waitFor()
  expect(await page.getByText('A photo is waiting here').count()).toBe(0)
}, 240_000)
