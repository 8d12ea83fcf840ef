/** `node tools/screenshots.ts [FOLDER]`: pictures of the demo, for the README and for judging it by eye. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { startDemo } from '../apps/demo/src/server/start-demo.ts'
import { flip } from '../apps/demo/e2e/open-demo.ts'
import { chromiumArgs, chromiumPath } from './browser.ts'
import { makePhotos } from './photos.ts'

const folder = process.argv[2] ?? 'docs/images'
const dataPath = mkdtempSync(join(tmpdir(), 'lightfast-screenshots-'))
const photos = await makePhotos()

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
  await page.screenshot({ path: join(folder, `empty-${name}.png`), fullPage: true })
  for (const photo of photos.slice(0, 4)) {
    await pick(page, photo)
    await page.getByRole('img', { name: photo.name }).waitFor()
  }
  await page
    .getByRole('button', { name: `Use as avatar, ${photos[0]?.name}` })
    .click({ force: true })
  await page.locator('header img').waitFor()
  await page.mouse.move(0, 0)
  await page
    .locator('[data-slot="image-upload-item"]')
    .first()
    .waitFor({ state: 'detached', timeout: 9000 })
  await page.screenshot({ path: join(folder, `normal-${name}.png`), fullPage: true })
  await fail(page, 'No slots', 'not-uploaded')
  await fail(page, 'Dropped connection', 'draft-saved')
  await fail(page, 'Refused file', 'rejected')
  await page.screenshot({ path: join(folder, `toasts-${name}.png`) })
  const close = page.locator('[data-slot="upload-toast-close"]')
  while ((await close.count()) > 0) await close.last().click({ force: true })
  await page.mouse.move(0, 0)
  await page.screenshot({ path: join(folder, `failures-${name}.png`), fullPage: true })
  await context.close()
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
  const input = page.locator('[data-slot="image-upload-input"]').first()
  await input.setInputFiles({ ...photo, mimeType: 'image/jpeg' })
}
