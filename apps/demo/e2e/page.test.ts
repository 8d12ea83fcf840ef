/** The page itself: for whoever cannot see it, sees it small, or reads it from the other side. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  calmDown,
  flip,
  line,
  openDemo,
  pick,
  row,
  setFaults,
  setLadder,
  tile,
  toast,
} from './open-demo.ts'
import type { DemoStage } from './open-demo.ts'
import { badFiles, pictures } from './pictures.ts'

let stage: DemoStage
let page: Page

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

test('a toast steps aside when it would cover what has the focus', async () => {
  await pick(page, ...badFiles.slice(0, 2).map(({ file }) => file))
  const toasts = page.locator('[data-slot="upload-toasts"]')
  await toast(page, 'half.jpg').waitFor()
  const lowest = page.getByRole('switch', { name: 'Refused later' })
  await lowest.evaluate((element) => element.scrollIntoView({ block: 'end' }))
  await lowest.focus()
  await expect.poll(() => toasts.getAttribute('data-corner')).not.toBe('end')
  const [a, b] = [await toasts.boundingBox(), await lowest.boundingBox()]
  expect(a && b && (a.x + a.width <= b.x || a.y + a.height <= b.y)).toBe(true)
})

test('a link beside the switches opens the control page of the image host', async () => {
  await pick(page, pictures.png)
  await page.getByRole('img', { name: 'map.png' }).waitFor()
  const opened = page.context().waitForEvent('page')
  await page.getByRole('link', { name: 'See inside it' }).click()
  const inside = await opened
  await inside.getByRole('heading', { name: 'Cloudflare Images, emulated' }).waitFor()
  await inside.getByText('map.png').first().waitFor()
})

describe('axe finds nothing', () => {
  test.each(['light', 'dark'] as const)(
    'on the demo, %s, with every kind of row',
    async (colorScheme) => {
      const own = await stage.openPage({ colorScheme })
      await setLadder(own, ['direct'])
      await setFaults(own, [{ on: 'upload', effect: 'answer', status: 415, code: 5550 }])
      await pick(own, pictures.jpeg, ...badFiles.slice(0, 1).map(({ file }) => file))
      await row(own, 'beach.jpg').getByText('Kept on this device').waitFor({ timeout: 30_000 })
      await setFaults(own, [])
      await pick(own, pictures.webp)
      await own.getByRole('img', { name: 'garden.webp' }).waitFor()
      await expectNoViolations(own)
      await own.context().close()
    },
  )
})

const wayRound = /^(Via our server|Kept, then sent)$/

describe('with a photo that is kept and one that went round', () => {
  beforeEach(async () => {
    await flip(page, 'Upload host outage', 'on')
    await pick(page, pictures.webp)
    // Just after an outage of the API it may be kept first: that is a way round too.
    await tile(page, 'garden.webp').getByText(wayRound).waitFor({ timeout: 50_000 })
    await flip(page, 'Upload host outage', 'off')
    await flip(page, 'API outage', 'on')
    await pick(page, pictures.jpeg)
    await row(page, 'beach.jpg').getByText('Saved, it will').waitFor({ timeout: 50_000 })
    await line(page, 'Held up').getByText('1 kept by us').waitFor({ timeout: 50_000 })
  })

  test.each(['ltr', 'rtl'])('nothing sticks out of 320 pixels, %s', async (direction) => {
    await page.setViewportSize({ width: 320, height: 700 })
    await page.evaluate((dir) => document.documentElement.setAttribute('dir', dir), direction)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
    const label = await tile(page, 'garden.webp').getByText(wayRound).boundingBox()
    const box = await tile(page, 'garden.webp').boundingBox()
    if (!label || !box) throw new Error('The tile is not shown.')
    expect(label.x).toBeGreaterThanOrEqual(box.x)
    expect(label.x + label.width).toBeLessThanOrEqual(box.x + box.width)
    // One line high: the words are not broken.
    expect(label.height).toBeLessThan(28)
  })

  test.each(['light', 'dark'] as const)('axe finds nothing, %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme })
    await expectNoViolations(page)
  })
})

test('nothing glides for whoever wants no motion', async () => {
  await flip(page, 'Keep until it is back', 'off')
  await flip(page, 'No slots', 'on')
  await pick(page, pictures.jpeg)
  await row(page, 'beach.jpg').getByText('Not uploaded').waitFor({ timeout: 30_000 })
  expect(await page.evaluate(listGliding)).toContain('image-upload-item')
  await page.emulateMedia({ reducedMotion: 'reduce' })
  expect(await page.evaluate(listGliding)).toEqual([])
})

/** Runs in the page: the kit's elements that take their time over a change. */
function listGliding(): (string | null)[] {
  return [...document.querySelectorAll('[data-slot]')]
    .filter((element) => /[1-9]/.test(getComputedStyle(element).transitionDuration))
    .map((element) => element.getAttribute('data-slot'))
}

async function expectNoViolations(of: Page): Promise<void> {
  // Halfway from one colour to another nothing has contrast: what is judged is what stays.
  await of.emulateMedia({ reducedMotion: 'reduce' })
  const { violations } = await new AxeBuilder({ page: of }).analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
}
