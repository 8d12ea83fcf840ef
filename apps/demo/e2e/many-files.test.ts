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
const PER_MINUTE = 120

test(
  '500 photos go up in their order, a few at a time, and wait for the limit by themselves',
  { timeout: 240_000 },
  async () => {
    const page = await stage.openPage()
    const queue = page.locator('[data-slot="image-upload-queue"]')
    const line = queue.locator('[data-slot="image-upload-queue-line"]')
    await pick(page, ...(await Promise.all(Array.from({ length: MANY }, (_, at) => paint(at)))))
    await line.getByText(/^\d+ photos waiting$/).waitFor()
    // The first of them may be done, and gone from the list, by now.
    const rows = page.locator('[data-slot="image-upload-item"]')
    expect(await rows.count()).toBeGreaterThan(MANY - PER_MINUTE - 2 * AT_ONCE)

    await queue.getByRole('button', { name: 'Pause' }).click()
    await line.getByText(/^Paused, \d+ photos waiting$/).waitFor()
    await queue.getByRole('button', { name: 'Go on' }).click()

    const held = rows.getByText('You have added many photos in a short time.')
    await held.first().waitFor({ timeout: 90_000 })
    expect(await held.count()).toBeLessThanOrEqual(AT_ONCE)
    await expect
      .poll(countReady, { timeout: 90_000, interval: 1000 })
      .toBeGreaterThan(PER_MINUTE + AT_ONCE)

    const begun = await readBegun()
    expect(begun).toEqual([...new Set(begun)])
    const order = begun.slice(0, PER_MINUTE).map((name) => Number.parseInt(name, 10))
    // Until the limit only those that are on their way together may overtake each other.
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

    /** The names of the files, in the order in which the server heard of them. */
    async function readBegun(): Promise<readonly string[]> {
      const names: string[] = []
      for (let cursor: string | null = ''; cursor !== null;) {
        const from = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
        const reply = await page.request.get(`/api/images?limit=100&owner=me${from}`)
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
