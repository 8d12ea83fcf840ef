/** Starts a demo of its own for a test file, and a browser to look at it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rungs } from '@lightfast/core'
import type { Rung } from '@lightfast/core'
import type { Fault, LoggedRequest } from '@lightfast/emulator'
import { chromium } from 'playwright-core'
import type { APIResponse, Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { chromiumArgs, chromiumPath } from '../../../tools/browser.ts'
import { startDemo } from '../src/server/start-demo.ts'
import type { Demo } from '../src/server/start-demo.ts'

export interface DemoStage {
  readonly demo: Demo
  readonly browser: Browser
  /** Opens the page as somebody new. Errors of the page are collected in `errors`. */
  readonly openPage: (options?: BrowserContextOptions) => Promise<Page>
  readonly errors: string[]
  readonly close: () => Promise<void>
}

export async function openDemo(): Promise<DemoStage> {
  const dataPath = mkdtempSync(join(tmpdir(), 'lightfast-demo-'))
  const demo = await startDemo({ port: 0, host: null, dataPath, cloudflare: null })
  const browser = await chromium.launch({
    executablePath: await chromiumPath(),
    args: [...chromiumArgs],
  })
  const errors: string[] = []

  async function openPage(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ baseURL: demo.url, ...options })
    const page = await context.newPage()
    page.on('pageerror', (error) => errors.push(error.message))
    await page.addInitScript(listenToAnnouncements)
    await page.goto(demo.url)
    await page.getByRole('heading', { name: 'Add photos' }).waitFor()
    return page
  }

  async function close(): Promise<void> {
    await browser.close()
    await demo.close()
    rmSync(dataPath, { recursive: true })
  }
  return { demo, browser, openPage, errors, close }
}

/** Runs in the page: keeps all that its live regions say. */
function listenToAnnouncements(): void {
  const said: string[] = []
  Object.assign(window, { said })
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const element = target instanceof Element ? target : target.parentElement
      const region = element?.closest('[role=status], [role=alert]')
      const text = region?.textContent?.trim()
      if (text && said.at(-1) !== text) said.push(text)
    }
  }).observe(document, { subtree: true, childList: true, characterData: true })
}

/** All that the page has announced so far, in order. */
export async function readAnnouncements(page: Page): Promise<string> {
  return page.evaluate(() =>
    'said' in window && Array.isArray(window.said) ? window.said.join('\n') : '',
  )
}

/** Sets the faults behind the page's back, as another tab would. */
export async function setFaults(page: Page, faults: readonly Fault[]): Promise<void> {
  await expectHeard(page.request.put('/__lightfast/faults', toBody(page, faults)))
}

/** Adds a fault to those that there are. */
export async function addFault(page: Page, fault: Fault): Promise<void> {
  await expectHeard(page.request.post('/__lightfast/faults', toBody(page, [fault])))
}

const toBody = (page: Page, data: unknown) => ({
  data,
  headers: { origin: new URL(page.url()).origin },
})

async function expectHeard(asked: Promise<APIResponse>): Promise<void> {
  const reply = await asked
  if (!reply.ok()) throw new Error(`It answered ${reply.status()}: ${await reply.text()}`)
}

/** Sets the ways that an upload may take behind the page's back. */
export async function setLadder(page: Page, wanted: readonly Rung[]): Promise<void> {
  await expectHeard(page.request.put('/api/ladder', { data: { rungs: wanted } }))
}

/** Puts faults and ways back, and waits until the server has got over what a test did to it: the next one begins like the first. */
export async function calmDown(page: Page): Promise<void> {
  await setFaults(page, [])
  await setLadder(page, rungs)
  await page.evaluate(waitUntilCalm)
}

/** Runs in the page: asks until the server leaves nothing of Cloudflare alone, and has sent on all that it kept. */
async function waitUntilCalm(): Promise<void> {
  const until = performance.now() + 50_000
  while (performance.now() < until) {
    const reply = await fetch('/api/status')
    const status = await reply.text()
    if (reply.ok && !/"(retryAfterMs|closedMs)":[^0]|"state":"parked"/.test(status)) return
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  throw new Error('The server has not got over the test.')
}

/** What the local Cloudflare Images was asked after a line of its log, which keeps the newest 200 only. */
export async function readRequests(page: Page, after = 0): Promise<readonly LoggedRequest[]> {
  return (await page.request.get('/__lightfast/requests', { params: { after } })).json()
}

/** The newest line of that log: the mark to count from, since old lines leave as new ones come. */
export async function readLastRequest(page: Page): Promise<number> {
  return (await readRequests(page)).at(-1)?.id ?? 0
}

/** Lets so many bytes a second leave the page. Yields the way to set another limit; -1 is none. */
export async function limitUpload(
  page: Page,
  bytesPerSecond: number,
): Promise<(bytesPerSecond: number) => Promise<void>> {
  const session = await page.context().newCDPSession(page)
  const limit = async (uploadThroughput: number): Promise<void> => {
    const others = { offline: false, latency: 0, downloadThroughput: -1 }
    await session.send('Network.emulateNetworkConditions', { ...others, uploadThroughput })
  }
  await session.send('Network.enable')
  await limit(bytesPerSecond)
  return limit
}

/** The way a person picks files, less the dialog of the system. */
export async function pick(
  page: Page,
  ...files: { name: string; mimeType: string; buffer: Buffer }[]
): Promise<void> {
  await page
    .locator('[data-slot="image-upload-drop-zone"] input[type=file]')
    .first()
    .setInputFiles(files)
}

/** Turns a switch of the switchboard and waits until the image host has heard. */
export async function flip(page: Page, name: string, to: 'on' | 'off'): Promise<void> {
  const control = page.getByRole('switch', { name })
  await control.press('Space')
  await page.getByRole('switch', { name, checked: to === 'on' }).waitFor()
}

export const row = (page: Page, name: string): Locator =>
  page.locator('[data-slot="image-upload-item"]').filter({ hasText: name })

/** The place of a picture in the gallery. */
export const tile = (page: Page, name: string): Locator =>
  page.getByRole('listitem').filter({ has: page.getByRole('img', { name }) })

/** A line of the instruments: a circuit, a figure or a kind of job. */
export const line = (page: Page, name: string): Locator =>
  page
    .getByRole('complementary', { name: 'Instruments' })
    .locator('dl > div')
    .filter({
      has: page.locator('dt', { hasText: name }),
    })

export const toast = (page: Page, name: string): Locator =>
  page.locator('[data-slot="upload-toast"]').filter({ hasText: name })
