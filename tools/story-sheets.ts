/**
 * `node tools/story-sheets.ts [FOLDER] [PATTERN]`: every story in light, dark, right to left and with forced colours, on sheets to be looked at.
 * Needs what `pnpm build` makes of the stories.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import type { BrowserContextOptions, Page } from 'playwright-core'
import sharp from 'sharp'
import type { OverlayOptions } from 'sharp'
import { preview } from 'vite'
import { chromiumArgs, chromiumPath } from './browser.ts'

interface Story {
  readonly id: string
  readonly type: string
  readonly title: string
  readonly name: string
}

const [folder = '.lightfast/stories', pattern = ''] = process.argv.slice(2)
const [width, height, label, columns, rows] = [460, 420, 22, 5, 5]
/** How long a story takes until it stands still. */
const SETTLE_MS = 450

const looks: Readonly<Record<string, BrowserContextOptions & { readonly direction: string }>> = {
  light: { colorScheme: 'light', direction: 'ltr' },
  dark: { colorScheme: 'dark', direction: 'ltr' },
  rtl: { colorScheme: 'light', direction: 'rtl' },
  forced: { colorScheme: 'dark', forcedColors: 'active', direction: 'ltr' },
}

const server = await preview({
  build: { outDir: 'storybook-static' },
  preview: { port: 0, host: '127.0.0.1' },
})
const base = server.resolvedUrls?.local[0] ?? ''
const { entries } = await (await fetch(new URL('index.json', base))).json()
const stories = Object.values<Story>(entries).filter(
  ({ id, type }) => type === 'story' && new RegExp(pattern).test(id),
)
const browser = await chromium.launch({
  executablePath: await chromiumPath(),
  args: [...chromiumArgs],
})
mkdirSync(folder, { recursive: true })
for (const [look, { direction, ...options }] of Object.entries(looks)) {
  const viewport = { width, height }
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce', ...options })
  const page = await context.newPage()
  for (let from = 0, sheet = 1; from < stories.length; from += columns * rows, sheet += 1) {
    const some = stories.slice(from, from + columns * rows)
    const tiles: OverlayOptions[] = []
    for (const [at, story] of some.entries())
      tiles.push(...(await take(page, story, { at, direction })))
    await lay(tiles, join(folder, `${look}-${sheet}.png`))
  }
  await context.close()
}
await browser.close()
await server.close()
console.log(`${stories.length} stories in ${folder}.`)

async function take(
  page: Page,
  { id, title, name }: Story,
  { at, direction }: { readonly at: number; readonly direction: string },
): Promise<OverlayOptions[]> {
  const [left, top] = [(at % columns) * width, Math.floor(at / columns) * (height + label)]
  const globals = `direction:${direction}`
  await page.goto(`${base}iframe.html?id=${id}&viewMode=story&globals=${globals}`)
  await page.waitForTimeout(SETTLE_MS)
  const text = `<text x="6" y="16" font-size="13" font-family="sans-serif" fill="#fff">${title}: ${name}</text>`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${label}">${text}</svg>`
  return [
    { input: Buffer.from(svg), left, top },
    { input: await page.screenshot(), left, top: top + label },
  ]
}

async function lay(tiles: readonly OverlayOptions[], path: string): Promise<void> {
  const lines = Math.ceil(tiles.length / 2 / columns)
  const size = { width: columns * width, height: lines * (height + label) }
  await sharp({ create: { ...size, channels: 3, background: '#222' } })
    .composite([...tiles])
    .png()
    .toFile(path)
}
