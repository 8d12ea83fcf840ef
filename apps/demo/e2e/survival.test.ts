/** What befalls a page, a browser or a device while photos are on their way. */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { calmDown, flip, limitUpload, openDemo, pick, readAnnouncements, row } from './open-demo.ts'
import type { DemoStage } from './open-demo.ts'
import { largePicture, pictures } from './pictures.ts'

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
  // The first page of a test may be gone.
  const context = page.context()
  const last = await context.newPage()
  await last.goto(stage.demo.url)
  await calmDown(last)
  await context.close()
  expect(stage.errors).toEqual([])
})

/** Another page of the same browser, in which the same person is signed in. */
async function openAnother(): Promise<Page> {
  const other = await page.context().newPage()
  await other.goto(stage.demo.url)
  await other.getByRole('heading', { name: 'Add photos' }).waitFor()
  return other
}

test('a photo outlives the crash of its page, and goes up without being picked again', async () => {
  await limitUpload(page, 200_000)
  await pick(page, largePicture)
  await row(page, 'large.jpg')
    .getByText(/of \d\.\d MB/)
    .waitFor()
  const crashed = page.waitForEvent('crash')
  page.goto('chrome://crash').catch(() => undefined)
  await crashed

  const next = await openAnother()
  const item = row(next, 'large.jpg')
  await item.getByText('A photo is waiting here').waitFor()
  next.on('filechooser', () => stage.errors.push('a picker was opened'))
  await item.getByRole('button', { name: 'Upload, large.jpg' }).click()
  await next.getByRole('img', { name: 'large.jpg' }).waitFor({ timeout: 30_000 })
  await next.reload()
  await next.getByRole('img', { name: 'large.jpg' }).waitFor()
  expect(await next.getByRole('img', { name: 'large.jpg' }).count()).toBe(1)
})

test('a second tab leaves a photo that is on its way to the first one', async () => {
  await limitUpload(page, 300_000)
  await pick(page, largePicture)
  await row(page, 'large.jpg')
    .getByText(/of \d\.\d MB/)
    .waitFor()
  const second = await openAnother()
  await second.getByText('Nothing here yet').waitFor()
  expect(await row(second, 'large.jpg').count()).toBe(0)
  await page.close()
  await second.reload()
  await row(second, 'large.jpg').getByText('A photo is waiting here').waitFor()
})

describe('when no copy can be kept', () => {
  beforeEach(async () => {
    await flip(page, 'Through our server', 'off')
    await flip(page, 'Keep until it is back', 'off')
  })

  test('because the device is full, the words say so, and the photo still goes up from the open page', async () => {
    const session = await page.context().newCDPSession(page)
    const origin = new URL(stage.demo.url).origin
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1000 })
    await flip(page, 'Upload host outage', 'on')
    await pick(page, largePicture)
    const item = row(page, 'large.jpg')
    await item.getByText('This device has no room to keep a copy').waitFor({ timeout: 30_000 })
    expect(await readAnnouncements(page)).not.toContain('Kept on this device')
    await flip(page, 'Upload host outage', 'off')
    await item.getByRole('button', { name: 'Try again, large.jpg' }).click()
    await page.getByRole('img', { name: 'large.jpg' }).waitFor({ timeout: 30_000 })
  })

  test('because the browser opens no storage, the words say so, and the photo still goes up from the open page', async () => {
    await page.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('A mutation operation was attempted.', 'InvalidStateError')
      }
    })
    await page.reload()
    await flip(page, 'Upload host outage', 'on')
    await pick(page, pictures.jpeg)
    const item = row(page, 'beach.jpg')
    await item.getByText('No copy is kept on this device').waitFor({ timeout: 30_000 })
    await flip(page, 'Upload host outage', 'off')
    await item.getByRole('button', { name: 'Try again, beach.jpg' }).click()
    await page.getByRole('img', { name: 'beach.jpg' }).waitFor({ timeout: 30_000 })
  })
})

test('at 50 KB a second, half a megabyte shows how far it is and how long it takes, and arrives', async () => {
  await limitUpload(page, 50_000)
  const bytes = Buffer.alloc(500_000, pictures.jpeg.buffer)
  pictures.jpeg.buffer.copy(bytes)
  await pick(page, { ...pictures.jpeg, buffer: bytes })
  const item = row(page, 'beach.jpg')
  await item.getByText(/of 0\.5 MB, about \d+ seconds? left/).waitFor()
  await page.getByRole('img', { name: 'beach.jpg' }).waitFor({ timeout: 30_000 })
})
