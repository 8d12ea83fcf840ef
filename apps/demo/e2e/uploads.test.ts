import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  calmDown,
  flip,
  limitUpload,
  openDemo,
  pick,
  readAnnouncements,
  readLastRequest,
  readRequests,
  row,
  setFaults,
  setLadder,
  toast,
} from './open-demo.ts'
import type { DemoStage } from './open-demo.ts'
import { badFiles, largePicture, pictures, quarterColours } from './pictures.ts'

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
  // Here and not before: the next page reads its switches as soon as it opens.
  await calmDown(page)
  await page.context().close()
  expect(stage.errors).toEqual([])
})

/** The pixels of the picture in the gallery, as a program without AVIF or WebP gets them. */
async function fetchDelivered(name: string): Promise<Buffer> {
  const src = await page.getByRole('img', { name }).getAttribute('src')
  const reply = await fetch(src ?? '', { headers: { accept: '*/*' } })
  expect(reply.status).toBe(200)
  return Buffer.from(await reply.arrayBuffer())
}

/** How far the middle of each quarter is from the colour it was painted in. */
async function measureQuarters(bytes: Buffer): Promise<number[]> {
  const { data, info } = await sharp(bytes)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return quarterColours.map((colour, at) => {
    const x = Math.floor(info.width * (at % 2 ? 0.75 : 0.25))
    const y = Math.floor(info.height * (at > 1 ? 0.75 : 0.25))
    const start = (y * info.width + x) * info.channels
    return Math.max(
      ...colour.map((value, channel) => Math.abs(value - (data[start + channel] ?? 0))),
    )
  })
}

const readUploads = async (after: number) =>
  (await readRequests(page, after)).filter(
    ({ method, path }) =>
      method === 'POST' && !path.startsWith('/client') && !path.endsWith('/direct_upload'),
  )
const readSlots = async (after: number) =>
  (await readRequests(page, after)).filter(({ path }) => path.endsWith('/direct_upload'))

describe('a picture goes up and comes back', () => {
  test.each(['jpeg', 'png', 'webp'] as const)(
    '%s: the delivered pixels are those that were painted',
    async (kind) => {
      const picture = pictures[kind]
      await pick(page, picture)
      await page.getByRole('img', { name: picture.name }).waitFor()
      const bytes = await fetchDelivered(picture.name)
      const { width, height } = await sharp(bytes).metadata()
      expect([width, height]).toEqual([480, 480])
      for (const distance of await measureQuarters(bytes)) expect(distance).toBeLessThan(48)
    },
  )

  test('an animated GIF is still animated', async () => {
    await pick(page, pictures.gif)
    await page.getByRole('img', { name: 'lamp.gif' }).waitFor()
    const { pages, format } = await sharp(await fetchDelivered('lamp.gif'), {
      animated: true,
    }).metadata()
    expect([pages, format]).toEqual([3, 'gif'])
  })

  test('a face is cropped, seen at once, served to the whole company, and can be taken back', async () => {
    const face = page.getByRole('button', { name: 'Add photo of Robin Vale' })
    await face.waitFor()
    await page
      .locator('[data-slot="avatar-upload-root"] input[type=file]')
      .setInputFiles(pictures.jpeg)
    await page.getByRole('button', { name: 'Use photo' }).click()
    await page.locator('header').getByText('Uploaded', { exact: true }).waitFor({ timeout: 20_000 })
    await page.reload()
    const avatar = page.locator('header img')
    await expect
      .poll(() => avatar.evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBe(192)

    await page.getByRole('radio', { name: 'Ana Brandt' }).check()
    await page.getByRole('heading', { name: 'Photos you may see' }).waitFor()
    const seen = page.locator('.accounts img').first()
    await expect
      .poll(() => seen.evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBe(192)

    await page.getByRole('radio', { name: 'Robin Vale' }).check()
    await page.getByRole('button', { name: 'Remove photo of Robin Vale' }).click()
    await face.waitFor()
  })

  test('several go up side by side, and each is announced', async () => {
    await pick(page, pictures.jpeg, pictures.webp)
    await page.getByRole('img', { name: 'beach.jpg' }).waitFor()
    await page.getByRole('img', { name: 'garden.webp' }).waitFor()
    const said = await readAnnouncements(page)
    expect(said).toContain('Uploading')
    expect(said).toContain('Uploaded')
  })

  test('what was uploaded is there after a reload, and for its owner only', async () => {
    await pick(page, pictures.png)
    await page.getByRole('img', { name: 'map.png' }).waitFor()
    await page.reload()
    await page.getByRole('img', { name: 'map.png' }).waitFor()
    const other = await stage.openPage()
    await other.getByText('Nothing here yet').waitFor()
    await other.context().close()
  })
})

describe('not uploaded: no slot could be had, and no other way', () => {
  test('says so in row, toast and announcement, keeps the photo, and goes on without a picker', async () => {
    await flip(page, 'Keep until it is back', 'off')
    await flip(page, 'No slots', 'on')
    const before = await readLastRequest(page)
    await pick(page, pictures.jpeg)
    const item = row(page, 'beach.jpg')
    await item.getByText('Not uploaded').waitFor({ timeout: 30_000 })
    await item
      .getByText('We cannot reach our image host. Nothing was sent, and your photo is still here.')
      .waitFor()
    await toast(page, 'beach.jpg').getByText('Not uploaded').waitFor()
    expect(await readAnnouncements(page)).toContain('Not uploaded')
    expect(await readUploads(before)).toEqual([])

    await flip(page, 'No slots', 'off')
    page.on('filechooser', () => stage.errors.push('a picker was opened'))
    await item.getByRole('button', { name: 'Try again, beach.jpg' }).click()
    await page.getByRole('img', { name: 'beach.jpg' }).waitFor({ timeout: 20_000 })
  })
})

describe('waiting: our server has named the end of a pause', () => {
  test('counts down in every tab, of which none asks before, and goes on by itself', async () => {
    await setLadder(page, ['direct'])
    const other = await page.context().newPage()
    await other.goto(stage.demo.url)
    await other.getByRole('heading', { name: 'Add photos' }).waitFor()
    const asked: string[] = []
    other.on('request', (request) => {
      if (request.method() === 'POST') asked.push(new URL(request.url()).pathname)
    })
    await flip(page, 'No slots', 'on')
    await pick(page, pictures.jpeg, pictures.webp, pictures.png)
    for (const name of ['beach.jpg', 'garden.webp', 'map.png']) {
      await row(page, name)
        .getByText(/Not uploaded|Trying again/)
        .waitFor({ timeout: 30_000 })
    }
    await pick(page, pictures.gif)
    await row(page, 'lamp.gif').getByText('Our image host asked for a pause.').waitFor()
    expect(await readAnnouncements(page)).toMatch(/lamp\.gif: Trying again (in|at) /)

    // Long enough before the end of a pause: after it, the other tab may be the one that tries.
    await row(page, 'lamp.gif')
      .getByText(/Trying again (at|in (\d\d|[4-9]) )/)
      .waitFor({ timeout: 40_000 })
    await pick(other, { ...pictures.jpeg, name: 'other.jpg' })
    await row(other, 'other.jpg').getByText('Trying again').waitFor()
    expect(asked).toEqual([])
    await setFaults(page, [])
    await page.getByRole('img', { name: 'lamp.gif' }).waitFor({ timeout: 40_000 })
    await other.getByRole('img', { name: 'other.jpg' }).waitFor({ timeout: 40_000 })
  })

  test('without a connection a photo is no failure, and goes on by itself when there is one', async () => {
    await page.context().setOffline(true)
    await pick(page, pictures.jpeg)
    const item = row(page, 'beach.jpg')
    await item.getByText('You are offline. We will go on when you are back.').waitFor()
    expect(await item.getByRole('button').allTextContents()).toEqual(['Remove'])
    await page.context().setOffline(false)
    await page.getByRole('img', { name: 'beach.jpg' }).waitFor({ timeout: 20_000 })
  })
})

describe('the queue', () => {
  test('lets three go up at a time, is paused and resumed, and cancelled from', async () => {
    const limit = await limitUpload(page, 400_000)
    const many = [1, 2, 3, 4, 5].map((at) => ({ ...largePicture, name: `${at}.jpg` }))
    await pick(page, ...many)
    await page.getByText('2 photos waiting').waitFor()
    await page.getByRole('button', { name: 'Pause' }).click()
    await page.getByText('Paused, 2 photos waiting').waitFor()
    for (const at of [1, 2, 3, 4]) {
      await row(page, `${at}.jpg`)
        .getByRole('button', { name: `Cancel, ${at}.jpg` })
        .click()
    }
    await page.getByText('Paused, 1 photo waiting').waitFor()
    await row(page, '5.jpg').getByText('Waiting its turn').waitFor()
    await limit(-1)
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByRole('img', { name: '5.jpg' }).waitFor({ timeout: 30_000 })
  })
})

describe('draft saved: the bytes did not arrive, and no other way is left', () => {
  beforeEach(async () => {
    await flip(page, 'Through our server', 'off')
    await flip(page, 'Keep until it is back', 'off')
  })

  test('says so in row, toast and announcement; survives a reload; uploads without picking again', async () => {
    await flip(page, 'Dropped connection', 'on')
    await pick(page, largePicture)
    const item = row(page, 'large.jpg')
    await item.getByText('Kept on this device').waitFor({ timeout: 30_000 })
    await item
      .getByText('The upload did not finish. You will not have to choose it again.')
      .waitFor()
    await toast(page, 'large.jpg').getByText('Kept on this device').waitFor()
    expect(await readAnnouncements(page)).toContain('Kept on this device')

    await page.reload()
    await item.getByText('A photo is waiting here').waitFor()
    await item.getByText(/You chose .large\.jpg/).waitFor()
    await setFaults(page, [])
    await item.getByRole('button', { name: 'Upload, large.jpg' }).click()
    await page.getByRole('img', { name: 'large.jpg' }).waitFor()
    await page.reload()
    await page.getByRole('img', { name: 'large.jpg' }).waitFor()
    expect(await item.count()).toBe(0)
  })

  test('an outage that calls itself 415 is a draft, and never a rejection', async () => {
    await flip(page, 'Upload host outage', 'on')
    await pick(page, pictures.jpeg)
    await row(page, 'beach.jpg').getByText('Kept on this device').waitFor({ timeout: 30_000 })
  })

  test('one dropped connection is mended before anybody notices', async () => {
    await setFaults(page, [{ on: 'upload', effect: 'drop', atByte: 65_536, times: 1 }])
    await pick(page, largePicture)
    await page.getByRole('img', { name: 'large.jpg' }).waitFor({ timeout: 20_000 })
    expect(await readAnnouncements(page)).not.toContain('Kept on this device')
  })

  test('is shown to nobody else on the same device', async () => {
    await flip(page, 'Upload host outage', 'on')
    await pick(page, pictures.jpeg)
    await row(page, 'beach.jpg').getByText('Kept on this device').waitFor({ timeout: 30_000 })
    await page.context().clearCookies()
    await page.reload()
    await page.getByText('Nothing here yet').waitFor()
    expect(await page.getByText('A photo is waiting here').count()).toBe(0)
  })
})

describe('rejected: this file will not do', () => {
  test.each(['Refused file', 'Refused later'])(
    '%s: says so in row, toast and announcement, and offers another',
    async (name) => {
      await flip(page, name, 'on')
      await pick(page, pictures.jpeg)
      const item = row(page, 'beach.jpg')
      await item.getByText('This photo could not be used').waitFor({ timeout: 30_000 })
      await toast(page, 'beach.jpg').getByText('This photo could not be used').waitFor()
      expect(await readAnnouncements(page)).toContain('This photo could not be used')
      expect(await item.getByRole('button', { name: /^Try again/ }).count()).toBe(0)

      await setFaults(page, [])
      const picker = page.waitForEvent('filechooser')
      await item.getByRole('button', { name: 'Choose another, beach.jpg' }).click()
      await (await picker).setFiles(pictures.webp)
      await page.getByRole('img', { name: 'garden.webp' }).waitFor()
    },
  )

  test.each(badFiles)(
    '$file.name: "$title", before a slot is spent',
    async ({ file, title, line }) => {
      const before = await readLastRequest(page)
      await pick(page, file)
      const item = row(page, file.name)
      await item.getByText(title).waitFor()
      expect(await item.textContent()).toContain(line)
      expect(await readSlots(before)).toEqual([])
    },
  )
})

describe('while it runs', () => {
  test('cancel stops the bytes', async () => {
    await limitUpload(page, 300_000)
    const before = await readLastRequest(page)
    await pick(page, largePicture)
    const item = row(page, 'large.jpg')
    // Some bytes are under way: one that is called off before it sets out is never heard of.
    await item.getByText(/(?!0\.0)\d\.\d of \d\.\d MB/).waitFor()
    await item.getByRole('button', { name: 'Cancel, large.jpg' }).click()
    await item.waitFor({ state: 'detached' })
    const broken = [expect.objectContaining({ status: 0 })]
    await expect.poll(() => readUploads(before), { timeout: 20_000 }).toEqual(broken)
    await page.reload()
    await page.getByText('Nothing here yet').waitFor()
    expect(await page.getByText('A photo is waiting here').count()).toBe(0)
  })

  test('a verdict that is late is no failure', async () => {
    await page.clock.install()
    await flip(page, 'No verdict', 'on')
    await pick(page, pictures.jpeg)
    const item = row(page, 'beach.jpg')
    await item.getByText('Almost there').waitFor()
    await page.clock.fastForward(31_000)
    await item.getByText('Arrived, still checking').waitFor()
    await item.getByRole('button', { name: 'Check now, beach.jpg' }).click()
    await item.getByText('Almost there').waitFor()
    await setFaults(page, [])
    await page.getByRole('img', { name: 'beach.jpg' }).waitFor({ timeout: 40_000 })
  })
})

test('when no picture can be delivered, each keeps its place and its name', async () => {
  await pick(page, pictures.jpeg)
  await page.getByRole('img', { name: 'beach.jpg' }).waitFor()
  await setFaults(page, [{ on: 'delivery', effect: 'answer', status: 503 }])
  const session = await page.context().newCDPSession(page)
  await session.send('Network.clearBrowserCache')
  await page.reload()
  await page.getByText('Cannot be shown right now').waitFor()
  await page.getByRole('img', { name: 'beach.jpg' }).waitFor()
})
