import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  flip,
  line as findLine,
  openDemo,
  pick,
  readAnnouncements,
  setFaults,
  setLadder,
} from './open-demo.ts'
import type { DemoStage } from './open-demo.ts'
import { pictures } from './pictures.ts'

let stage: DemoStage
let page: Page

beforeAll(async () => {
  stage = await openDemo()
})
afterAll(() => stage.close())

beforeEach(async () => {
  page = await stage.openPage()
  // What is parked is sent on behind the page's back, and the panel tells of those calls too.
  await setLadder(page, ['direct'])
  page.on('console', (message) => {
    // The browser itself reports every reply of an outage.
    const ours = message.type() === 'error' && !message.text().startsWith('Failed to load resource')
    if (ours) stage.errors.push(message.text())
  })
})
afterEach(async () => {
  await setFaults(page, [])
  await page.context().close()
  expect(stage.errors).toEqual([])
})

const line = (name: string): Locator => findLine(page, name)

const readSeconds = async (name: string): Promise<number> =>
  Number(/in (\d+) s/.exec((await line(name).textContent()) ?? '')?.[1])

async function expectNoViolations(): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const { violations } = await new AxeBuilder({ page }).include('aside').analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  }
}

describe('the panel of circuits', () => {
  test('says that a circuit is paused and counts down, and that it works again', async () => {
    await line('Batch host').getByText('working').waitFor()
    await expectNoViolations()
    await flip(page, 'No slots', 'on')
    await pick(page, pictures.jpeg, pictures.webp, pictures.png)
    await line('Batch host').getByText('paused').waitFor({ timeout: 15_000 })
    await line('Batch host').getByText('First pause.').waitFor()
    const seconds = await readSeconds('Batch host')
    expect(seconds).toBeGreaterThan(1)
    await expect.poll(() => readSeconds('Batch host'), { timeout: 3000 }).toBe(seconds - 1)
    await expectNoViolations()

    await setFaults(page, [])
    // A photo that heard of the pause waits for its end, and may be the one that tries.
    await line('Batch host')
      .getByText(/The next call tries it\.|working/)
      .first()
      .waitFor({ timeout: 20_000 })
    await pick(page, pictures.gif)
    await line('Batch host').getByText('working').waitFor({ timeout: 20_000 })
    await page.getByRole('img', { name: 'lamp.gif' }).waitFor()
    const said = await readAnnouncements(page)
    expect(said.match(/Batch host: paused\./g)).toHaveLength(1)
    expect(said.match(/Batch host: working\./g)).toHaveLength(1)
    expect(said).not.toContain('Tries again')
  })

  test('says that the limit is used up, and for how long', async () => {
    await line('Batch limit').getByText('open').waitFor()
    await setFaults(page, [{ on: 'api', effect: 'rate-limit', seconds: 3 }])
    await pick(page, pictures.jpeg)
    await line('Batch limit').getByText('closed').waitFor()
    expect(await readSeconds('Batch limit')).toBeLessThanOrEqual(3)
    await line('Batch limit').getByText('open').waitFor()
    await page.getByRole('img', { name: 'beach.jpg' }).waitFor()
  })

  test('says that the server is silent, keeps what it knew, and goes on', async () => {
    await line('Reads').waitFor()
    await page.route('**/api/status', (route) => route.abort())
    await page.getByText('The demo’s server does not answer. This is the last we heard.').waitFor()
    expect(await line('Reads').isVisible()).toBe(true)
    expect(await readAnnouncements(page)).toContain('The demo’s server does not answer.')
    await page.unroute('**/api/status')
    await page.getByText('When a part of the image host fails').waitFor()
  })

  test('asks nothing while nobody can see the page, and at once when somebody can', async () => {
    await line('Reads').waitFor()
    await turnVisibility('hidden')
    let asked = 0
    page.on('request', (request) => (asked += Number(request.url().endsWith('/api/status'))))
    await page.waitForTimeout(1500)
    expect(asked).toBe(0)
    const question = page.waitForRequest('**/api/status', { timeout: 500 })
    await turnVisibility('visible')
    await question
  })

  test('fits a screen of 320 pixels', async () => {
    await page.setViewportSize({ width: 320, height: 700 })
    await line('Retry budget').getByRole('meter', { name: 'Retry budget' }).waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
  })
})

async function turnVisibility(to: 'hidden' | 'visible'): Promise<void> {
  await page.evaluate((state) => {
    Object.defineProperty(document, 'visibilityState', { value: state, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  }, to)
}

test('the status is for who is signed in, and is never stored', async () => {
  const stranger = await fetch(new URL('/api/status', stage.demo.url))
  expect(stranger.status).toBe(401)
  const reply = await page.request.get('/api/status')
  expect(reply.headers()['cache-control']).toBe('no-store')
  expect(await reply.json()).toMatchObject({ budget: { of: 500 }, uploadHost: { trips: 0 } })
})
