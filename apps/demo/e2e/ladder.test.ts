/** The ways round an outage, as a person meets them on the page. */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  addFault,
  calmDown,
  flip,
  line,
  openDemo,
  pick,
  readAnnouncements,
  readRequests,
  row,
  tile,
} from './open-demo.ts'
import type { DemoStage } from './open-demo.ts'
import { largePicture, pictures } from './pictures.ts'

let stage: DemoStage
let page: Page

/** Long enough for a circuit to close and for a job to come round. */
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

const title = (name: string) => row(page, name).locator('[data-slot="image-upload-title"]')

/** Picks a photo while the API is down, and waits until our server has it. */
async function park(): Promise<void> {
  await flip(page, 'API outage', 'on')
  await pick(page, pictures.jpeg)
  await row(page, 'beach.jpg').getByText('Saved, it will finish by itself').waitFor(slow)
}

/** How many images Cloudflare keeps, of everybody. */
const countImages = async (): Promise<number> =>
  (await (await page.request.get('/__lightfast/images')).json()).length

const readThumbnail = (name: string): Promise<number> =>
  row(page, name)
    .locator('[data-slot="image-upload-thumbnail"] img')
    .evaluate((image: HTMLImageElement) => image.naturalWidth)

test('all ways are on at the start, each switch has a name of its own, and each photo says how it came', async () => {
  const switches = page.getByRole('switch')
  await page.getByRole('switch', { name: 'Through our server', checked: true }).waitFor()
  await page.getByRole('switch', { name: 'Keep until it is back', checked: true }).waitFor()
  const names = await switches.allTextContents()
  expect(new Set(names).size).toBe(names.length)
  await pick(page, pictures.jpeg)
  await tile(page, 'beach.jpg').getByText('Sent directly').waitFor()
})

test('an outage of the upload host: the photo goes through our server, and its tile says so', async () => {
  await flip(page, 'Upload host outage', 'on')
  // Long enough to be seen on the way.
  await addFault(page, { on: 'api-upload', effect: 'delay', ms: 1500 })
  await pick(page, pictures.jpeg)
  await row(page, 'beach.jpg').getByText('Taking another route').waitFor(slow)
  await tile(page, 'beach.jpg').getByText('Via our server').waitFor(slow)
  expect(await readAnnouncements(page)).not.toContain('Kept on this device')
  await calmDown(page)
  await pick(page, pictures.webp)
  await tile(page, 'garden.webp').getByText('Sent directly').waitFor(slow)
})

describe('an outage of the API', () => {
  test('parks the photo, in words; when it is over the photo arrives by itself, and the next goes directly', async () => {
    const before = await countImages()
    await park()
    await row(page, 'beach.jpg').getByText('You can close this page.').waitFor()
    expect(await readAnnouncements(page)).toContain('Saved, it will finish by itself')
    expect(await row(page, 'beach.jpg').getByRole('button').allTextContents()).toEqual(['Remove'])
    expect(await countImages()).toBe(before)

    await flip(page, 'API outage', 'off')
    await tile(page, 'beach.jpg').getByText('Kept, then sent').waitFor(slow)
    await row(page, 'beach.jpg').waitFor({ state: 'detached', ...slow })
    expect(await readAnnouncements(page)).toContain('Uploaded')
    expect(await countImages()).toBe(before + 1)
    await calmDown(page)
    await pick(page, pictures.webp)
    await tile(page, 'garden.webp').getByText('Sent directly').waitFor(slow)
  })

  test('is outlived by a photo whose page was closed', async () => {
    await park()
    const { url } = stage.demo
    await page.close()
    page = await page.context().newPage()
    await page.goto(url)
    await row(page, 'beach.jpg').getByText('Saved, it will finish by itself').waitFor(slow)
    await expect.poll(() => readThumbnail('beach.jpg')).toBe(1200)
    await flip(page, 'API outage', 'off')
    await tile(page, 'beach.jpg').getByText('Kept, then sent').waitFor(slow)
    await page.reload()
    await tile(page, 'beach.jpg').getByText('Kept, then sent').waitFor()
    expect(await page.getByText('A photo is waiting here').count()).toBe(0)
  })

  test('leaves a look at the photo that we keep to its owner alone', async () => {
    await park()
    expect(await readThumbnail('beach.jpg')).toBe(1200)
    const listed = await page.request.get('/api/images?state=parked&limit=1')
    const [{ id }] = (await listed.json()).images
    const preview = await page.request.get(`/api/images/uploads/${id}/preview`)
    expect(preview.headers()).toMatchObject({
      'content-type': 'image/jpeg',
      'x-content-type-options': 'nosniff',
    })
    expect(await preview.body()).toEqual(pictures.jpeg.buffer)
    const other = await stage.openPage()
    expect((await other.request.get(`/api/images/uploads/${id}/preview`)).status()).toBe(404)
    await other.context().close()
  })

  test('is followed by nothing if the photo was removed meanwhile', async () => {
    const before = await countImages()
    await park()
    await row(page, 'beach.jpg').getByRole('button', { name: 'Remove, beach.jpg' }).click()
    await row(page, 'beach.jpg').waitFor({ state: 'detached' })
    await line(page, 'Kept by us').getByText('0', { exact: true }).waitFor()
    await calmDown(page)
    await line(page, 'Send on').getByText('none').waitFor(slow)
    await line(page, 'Drop bytes').getByText('none').waitFor(slow)
    await page.reload()
    await page.getByText('Nothing here yet').waitFor()
    expect(await row(page, 'beach.jpg').count()).toBe(0)
    expect(await countImages()).toBe(before)
  })
})

describe('with the ways switched off', () => {
  test('an outage of the API is an upload that did not happen', async () => {
    await flip(page, 'Keep until it is back', 'off')
    await flip(page, 'API outage', 'on')
    await pick(page, pictures.jpeg)
    await row(page, 'beach.jpg').getByText('Not uploaded').waitFor(slow)
    await row(page, 'beach.jpg').getByText('Nothing was sent').waitFor()
  })

  test('an outage of the upload host leaves a draft, and is no rejection', async () => {
    await flip(page, 'Through our server', 'off')
    await flip(page, 'Keep until it is back', 'off')
    await page.getByText('2 off').waitFor()
    await flip(page, 'Upload host outage', 'on')
    await pick(page, pictures.jpeg)
    await row(page, 'beach.jpg').getByText('Kept on this device').waitFor(slow)
    expect(await page.getByText('Ways round it').count()).toBe(1)
  })

  test('the one that is left takes over', async () => {
    await flip(page, 'Through our server', 'off')
    await flip(page, 'Upload host outage', 'on')
    await pick(page, pictures.jpeg)
    await tile(page, 'beach.jpg').getByText('Kept, then sent').waitFor(slow)
  })

  test('they stay off for whoever opens the page next, until somebody switches them on', async () => {
    await flip(page, 'Through our server', 'off')
    await page.reload()
    await page.getByRole('switch', { name: 'Through our server', checked: false }).waitFor()
    await flip(page, 'Through our server', 'on')
    await page.getByText('all on').waitFor()
  })
})

const isUploadHost = ({ hostname }: URL): boolean => hostname === '127.0.0.1'

describe('without our server', () => {
  test('nothing was sent, and the words blame nobody else', async () => {
    await page.route('**/api/images/**', (route) => route.abort())
    await pick(page, pictures.jpeg)
    await title('beach.jpg').getByText('Not uploaded').waitFor(slow)
    await row(page, 'beach.jpg')
      .getByText('We cannot reach our server. Nothing was sent, and your photo is still here.')
      .waitFor()
    await page.unroute('**/api/images/**')
    await row(page, 'beach.jpg').getByRole('button', { name: 'Try again, beach.jpg' }).click()
    await page.getByRole('img', { name: 'beach.jpg' }).waitFor(slow)
  })

  test('a photo that had set out waits for the connection, and then goes on by itself', async () => {
    await page.route(isUploadHost, async (route) => {
      if (route.request().method() !== 'POST') return route.fallback()
      await page.context().setOffline(true)
      return route.abort()
    })
    await pick(page, largePicture)
    await title('large.jpg').getByText('Waiting for a connection').waitFor(slow)
    expect(await readAnnouncements(page)).toContain('You are offline')
    await page.unroute(isUploadHost)
    await page.context().setOffline(false)
    await page.getByRole('img', { name: 'large.jpg' }).waitFor(slow)
    const posts = (await readRequests(page)).filter(({ status }) => status === 0)
    expect(posts).toEqual([])
  })
})
