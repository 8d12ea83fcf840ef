/** `node tools/screenshots.ts [FOLDER]`: pictures of the demo, for the README and for judging it by eye. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { startDemo } from '../apps/demo/src/server/start-demo.ts'
import { calmDown, flip, line, row, tile } from '../apps/demo/e2e/open-demo.ts'
import { chromiumArgs, chromiumPath } from './browser.ts'
import { makePhotos } from './photos.ts'

const folder = process.argv[2] ?? 'docs/images'
const dataPath = mkdtempSync(join(tmpdir(), 'lightfast-screenshots-'))
const photos = await makePhotos()
const slow = { timeout: 60_000 }

const demo = await startDemo({ port: 0, host: null, dataPath, cloudflare: null })
const browser = await chromium.launch({
  executablePath: await chromiumPath(),
  args: [...chromiumArgs],
})
mkdirSync(folder, { recursive: true })
for (const [name, options] of Object.entries<BrowserContextOptions>({
  light: { colorScheme: 'light', viewport: { width: 1160, height: 940 } },
  dark: { colorScheme: 'dark', viewport: { width: 1160, height: 940 } },
  narrow: { colorScheme: 'light', viewport: { width: 320, height: 720 }, hasTouch: true },
})) {
  await takeAll(name, options)
}
await browser.close()
await demo.close()
rmSync(dataPath, { recursive: true })
console.log(
  readdirSync(folder)
    .map((file) => `${file} ${readFileSync(join(folder, file)).length}`)
    .join('\n'),
)

async function takeAll(name: string, options: BrowserContextOptions): Promise<void> {
  const context = await browser.newContext({
    ...options,
    baseURL: demo.url,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  await page.goto('/')
  await page.getByText('Nothing here yet').waitFor()
  await page.getByText('Retry budget').waitFor()
  await shoot(page, `empty-${name}`)
  await takeDetours(page, name)
  for (const photo of photos.slice(2, 4)) {
    await pick(page, photo)
    await tile(page, photo.name).getByText('Sent directly').waitFor()
  }
  await chooseFace(page)
  const rows = page.locator('[data-slot="image-upload-item"]')
  await rows.first().waitFor({ state: 'detached', ...slow })
  await shoot(page, `normal-${name}`)
  await flip(page, 'Through our server', 'off')
  await flip(page, 'Keep until it is back', 'off')
  await fail(page, 'No slots', 'not-uploaded')
  await fail(page, 'Dropped connection', 'draft-saved')
  await fail(page, 'Refused file', 'rejected')
  await page.screenshot({ path: join(folder, `toasts-${name}.png`) })
  const close = page.locator('[data-slot="upload-toast-close"]')
  while ((await close.count()) > 0) await close.last().click({ force: true })
  await shoot(page, `failures-${name}`)
  await calmDown(page)
  await takeOthers(page, name)
  await context.close()
}

async function chooseFace(page: Page): Promise<void> {
  const [photo] = photos
  if (!photo) return
  const input = page.locator('[data-slot="avatar-upload-root"] input[type=file]')
  await input.setInputFiles({ ...photo, mimeType: 'image/jpeg' })
  await page.getByRole('button', { name: 'Use photo' }).click()
  await page.locator('header').getByText('Uploaded', { exact: true }).waitFor(slow)
}

/** One photo goes round by our server, and one is kept there until the outage is over. */
async function takeDetours(page: Page, name: string): Promise<void> {
  const [relayed, kept] = photos
  if (!relayed || !kept) return
  await flip(page, 'Upload host outage', 'on')
  await pick(page, relayed)
  await tile(page, relayed.name).getByText('Via our server').waitFor(slow)
  await flip(page, 'Upload host outage', 'off')
  await flip(page, 'API outage', 'on')
  await pick(page, kept)
  await row(page, kept.name).getByText('Saved, it will finish by itself').waitFor(slow)
  await line(page, 'Held up').getByText('1 kept by us').waitFor(slow)
  await row(page, relayed.name).waitFor({ state: 'detached', ...slow })
  await shoot(page, `parked-${name}`)
  await flip(page, 'API outage', 'off')
  await tile(page, kept.name).getByText('Kept, then sent').waitFor(slow)
  await calmDown(page)
}

/** The photos with other eyes, and a link for somebody without an account. */
async function takeOthers(page: Page, name: string): Promise<void> {
  const [photo] = photos
  if (!photo) return
  await page.getByRole('button', { name: `Share ${photo.name}` }).click({ force: true })
  await page.getByRole('button', { name: 'Make a link' }).click()
  await page.getByRole('link', { name: 'Open it' }).waitFor()
  await page.screenshot({ path: join(folder, `share-${name}.png`) })
  const link = await page.getByRole('link', { name: 'Open it' }).getAttribute('href')
  await page.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('radio', { name: 'Noor Haddad' }).check()
  await page.getByRole('heading', { name: 'Photos you may see' }).waitFor()
  await page.getByText('With a mark').first().waitFor()
  await page.waitForLoadState('networkidle').catch(() => undefined)
  await shoot(page, `viewer-${name}`)
  await page.goto(link ?? '/')
  await page.screenshot({ path: join(folder, `link-${name}.png`) })
}

/** The whole page, without the ring of the switch that was turned last. */
async function shoot(page: Page, name: string): Promise<void> {
  await page.evaluate(
    () => document.activeElement instanceof HTMLElement && document.activeElement.blur(),
  )
  await page.mouse.move(0, 0)
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}

async function fail(page: Page, name: string, status: string): Promise<void> {
  const photo = photos[4 + ['not-uploaded', 'draft-saved', 'rejected'].indexOf(status)]
  await flip(page, name, 'on')
  if (photo) await pick(page, photo)
  await page
    .locator(`[data-slot="image-upload-item"][data-status="${status}"]`)
    .waitFor({ timeout: 30_000 })
  await flip(page, name, 'off')
}

async function pick(page: Page, photo: { name: string; buffer: Buffer }): Promise<void> {
  const input = page.locator('[data-slot="image-upload-drop-zone"] input[type=file]').first()
  await input.setInputFiles({ ...photo, mimeType: 'image/jpeg' })
}
