/** Who sees a visitor's photos, and how. */
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { openDemo, pick, tile } from './open-demo.ts'
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
  await pick(page, pictures.jpeg)
  await page.getByRole('img', { name: 'beach.jpg' }).waitFor()
})
afterEach(async () => {
  await page.context().close()
  expect(stage.errors).toEqual([])
})

/** The page is made anew for each, and only then asks what they may see. */
async function lookAs(name: string): Promise<void> {
  const listed = page.waitForResponse((reply) => reply.url().includes('/api/images?'))
  await page.getByRole('radio', { name }).check()
  await listed
  await page.getByRole('heading', { name: 'Photos you may see' }).waitFor()
}

/** The picture on the tile, as it came over the network. */
async function readTile(): Promise<Buffer> {
  const url = await page.getByRole('img', { name: 'beach.jpg' }).getAttribute('src')
  return (await page.request.get(url ?? '')).body()
}

const toPixels = (file: Buffer): Promise<Buffer> =>
  sharp(file).resize(480, 480, { fit: 'fill' }).removeAlpha().raw().toBuffer()

test('viewers see it with the mark of their plan, which the owner does not', async () => {
  const own = await toPixels(await readTile())
  const seen: Buffer[] = []
  for (const name of ['Noor Haddad', 'Mika Lund', 'Ana Brandt']) {
    await lookAs(name)
    await page.getByRole('img', { name: 'beach.jpg' }).waitFor()
    const url = await page.getByRole('img', { name: 'beach.jpg' }).getAttribute('src')
    expect(url).toMatch(/^\/api\/images\/view\//)
    expect(await page.getByRole('button', { name: 'Share beach.jpg' }).count()).toBe(0)
    seen.push(await toPixels(await readTile()))
  }
  const [free, premium, colleague] = seen
  expect(free?.equals(own)).toBe(false)
  expect(free?.equals(premium ?? own)).toBe(false)
  expect(free?.equals(colleague ?? own)).toBe(true)
})

test('of another company, and signed out, nobody sees anything', async () => {
  await lookAs('Kit Marlow')
  await page.getByText('people of another company see none').waitFor()
  await lookAs('Nobody')
  await page.getByText('Signed out, so there is nothing').waitFor()
  expect(await tile(page, 'beach.jpg').count()).toBe(0)
})

async function makeLink(): Promise<string> {
  await page.getByRole('button', { name: 'Make a link' }).click()
  return (await page.getByRole('link', { name: 'Open it' }).getAttribute('href')) ?? ''
}

test('a link shows the photo in a private window, marked, and once only if it says so', async () => {
  await tile(page, 'beach.jpg').hover()
  await page.getByRole('button', { name: 'Share beach.jpg' }).click()
  const stranger = await stage.browser.newContext()
  const shown = await stranger.request.get(await makeLink())
  expect(shown.headers()).toMatchObject({
    'content-type': 'image/webp',
    'referrer-policy': 'no-referrer',
  })
  await page.getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Make a link' }).click()
  const link = page.getByRole('link', { name: 'Open it' })
  await expect.poll(() => link.getAttribute('href')).not.toBe(shown.url())
  const once = (await link.getAttribute('href')) ?? ''
  const window = await stranger.newPage()
  await window.goto(once)
  await window.getByRole('heading', { name: 'A picture was shared with you' }).waitFor()
  const answered = window.waitForResponse((reply) => reply.request().method() === 'POST')
  await window.getByRole('button').click()
  expect((await answered).headers()['content-type']).toBe('image/webp')
  expect((await stranger.request.post(once)).status()).toBe(404)
  await stranger.close()
})
