/** 500 photos at once, with the limits that an app has: 120 a minute for one person. */
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDemo, pick, readAnnouncements } from './open-demo.ts'
import type { DemoStage } from './open-demo.ts'
import type { Picture } from './pictures.ts'

let stage: DemoStage

beforeAll(async () => {
  stage = await openDemo()
})
afterAll(() => stage.close())

const MANY = 500
const AT_ONCE = 3

test(
  '500 photos go up in their order, a few at a time, and wait for the limit by themselves',
  { timeout: 240_000 },
  async () => {
    const page = await stage.openPage()
    const queue = page.locator('[data-slot="image-upload-queue"]')
    const line = queue.locator('[data-slot="image-upload-queue-line"]')
    await pick(page, ...(await Promise.all(Array.from({ length: MANY }, (_, at) => paint(at)))))
    await line.getByText(/^4\d\d photos waiting$/).waitFor()
    expect(await page.locator('[data-slot="image-upload-item"]').count()).toBe(MANY)

    await queue.getByRole('button', { name: 'Pause' }).click()
    await line.getByText(/^Paused, 4\d\d photos waiting$/).waitFor()
    await queue.getByRole('button', { name: 'Go on' }).click()

    const held = page.getByText('You have added many photos in a short time.')
    await held.first().waitFor({ timeout: 90_000 })
    expect(await held.count()).toBeLessThanOrEqual(AT_ONCE)
    await expect.poll(countReady, { timeout: 90_000, interval: 1000 }).toBeGreaterThan(125)

    const sent = await readSent()
    expect(sent).toEqual([...new Set(sent)])
    const order = sent.map((name) => Number.parseInt(name, 10))
    // Those that are on their way together may arrive in any order, and no other.
    expect(order.every((at, place) => Math.abs(at - place) < AT_ONCE)).toBe(true)
    // One sentence at the start, and one for the first that waits: nobody is told 500 times that all is well.
    const said = (await readAnnouncements(page)).split('\n')
    expect(said.slice(0, 2)).toEqual([
      'Uploading 500 photos.',
      expect.stringContaining('many photos'),
    ])
    expect(said.length).toBeLessThan(6)
    expect(stage.errors).toEqual([])

    async function countReady(): Promise<number> {
      const reply = await page.request.get('/api/status')
      const { records }: { records: { state: string; count: number }[] } = await reply.json()
      return records.find(({ state }) => state === 'ready')?.count ?? 0
    }

    /** The names of the files that have arrived, in the order in which they set out. */
    async function readSent(): Promise<readonly string[]> {
      const names: string[] = []
      for (let cursor: string | null = ''; cursor !== null;) {
        const from = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
        const reply = await page.request.get(`/api/images?limit=100&owner=me&state=ready${from}`)
        const list: { images: { filename: string }[]; nextCursor: string | null } =
          await reply.json()
        names.push(...list.images.map(({ filename }) => filename))
        cursor = list.nextCursor
      }
      return names.toReversed()
    }
  },
)

/** A small picture like no other. */
async function paint(at: number): Promise<Picture> {
  const background = { r: at % 256, g: Math.floor(at / 256), b: 99 }
  const buffer = await sharp({ create: { width: 60, height: 40, channels: 3, background } })
    .png()
    .toBuffer()
  return { name: `${at}.png`, mimeType: 'image/png', buffer }
}
