/** What whoever runs the app sees beside the switchboard. */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  calmDown,
  flip,
  line,
  openDemo,
  pick,
  readAnnouncements,
  row,
  setFaults,
} from './open-demo.ts'
import type { DemoStage } from './open-demo.ts'
import { pictures } from './pictures.ts'

let stage: DemoStage
let page: Page

const slow = { timeout: 50_000 }

beforeAll(async () => {
  stage = await openDemo()
})
afterAll(() => stage.close())

beforeEach(async () => {
  page = await stage.openPage()
})
afterEach(async () => {
  await calmDown(page)
  await page.context().close()
  expect(stage.errors).toEqual([])
})

/** How far apart two lines are: what comes and goes between them must not move the lower one. */
async function measureGap(upper: string, lower: string): Promise<number> {
  const [above, below] = [
    await line(page, upper).boundingBox(),
    await line(page, lower).boundingBox(),
  ]
  return (below?.y ?? 0) - (above?.y ?? 0)
}

test('an empty demo says so in words', async () => {
  await page.getByText('Nobody has uploaded anything yet.').waitFor()
  await line(page, 'Held up').getByText('Nothing stands still.').waitFor()
  await line(page, 'Send on').getByText('none').waitFor()
})

test('a stall is told with its place, its reason and its age, and so is its end, without a word aloud', async () => {
  await line(page, 'Held up').getByText('none').waitFor()
  const gap = await measureGap('Ready', 'Send on')
  expect(gap).toBeGreaterThan(50)
  await flip(page, 'API outage', 'on')
  await pick(page, pictures.jpeg)
  await row(page, 'beach.jpg').getByText('Saved, it will finish by itself').waitFor(slow)
  await line(page, 'Kept by us').getByText('1', { exact: true }).waitFor()
  await line(page, 'Held up')
    .getByText(/^1, oldest \d+ s$/)
    .waitFor(slow)
  await line(page, 'Held up')
    .getByText(/1 kept by us, stalled while sending: .*image host/)
    .waitFor(slow)
  await line(page, 'Send on')
    .getByText(/^1, oldest \d+ s$/)
    .waitFor()
  expect(await measureGap('Ready', 'Send on')).toBe(gap)

  await flip(page, 'API outage', 'off')
  await line(page, 'Held up').getByText('Nothing stands still.').waitFor(slow)
  await line(page, 'Ready').getByText('1', { exact: true }).waitFor()
  await line(page, 'Kept by us').getByText('0', { exact: true }).waitFor()
  await line(page, 'Send on').getByText('none').waitFor(slow)
  await row(page, 'beach.jpg').waitFor({ state: 'detached', ...slow })
  await page.getByRole('img', { name: 'beach.jpg' }).waitFor()
  expect(await readAnnouncements(page)).not.toContain('Held up')
})

test('what was given up is told with its reason, and goes on when somebody replays it', async () => {
  await flip(page, 'API outage', 'on')
  await pick(page, pictures.webp)
  await row(page, 'garden.webp').getByText('Saved, it will finish by itself').waitFor(slow)
  // A request that Cloudflare calls wrong can never succeed.
  await setFaults(page, [{ on: 'api', effect: 'answer', status: 400, code: 5411 }])
  await line(page, 'Send on').getByText('1 given up').waitFor(slow)
  await line(page, 'Given up').getByText('the image host refuses the request').waitFor()
  await row(page, 'garden.webp').getByText('Kept on this device').waitFor(slow)

  await calmDown(page)
  await page.getByRole('button', { name: 'Replay, Send on' }).click()
  await line(page, 'Given up').waitFor({ state: 'detached', ...slow })
  const heading = page.getByRole('heading', { name: 'What an operator watches' })
  expect(await heading.evaluate((element) => element === document.activeElement)).toBe(true)
  await line(page, 'Send on').getByText('none').waitFor(slow)
  await page.reload()
  await page.getByRole('img', { name: 'garden.webp' }).waitFor(slow)
})
