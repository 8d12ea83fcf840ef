/** `node tools/watermark-sheet.ts PATH.png`: draws every plan on every kind of picture, to be looked at. */
import sharp from 'sharp'
import type { Create, OverlayOptions } from 'sharp'
import { sniff } from '../packages/core/src/index.ts'
import type { Mark, SourcePicture } from '../packages/server/src/gateway/renderer.ts'
import { isRaster } from '../packages/server/src/delivery/raster-type.ts'
import { writeMark } from '../packages/server/src/gateway/mark-words.ts'
import { defaultWatermarkPlans } from '../packages/server/src/gateway/watermark-plan.ts'
import type { TextPlan, WatermarkPlan } from '../packages/server/src/gateway/watermark-plan.ts'
import { createSharpRenderer } from '../packages/server/src/sharp/index.ts'
import { makePhotos } from './photos.ts'

const CELL = { width: 300, height: 225 }
const GAP = 12
const LABEL = { width: 150, height: 30 }
const PRESET = { width: 1600, fit: 'scale-down', format: 'png' } as const

const quiet: TextPlan = {
  type: 'text',
  text: '{viewer}',
  size: 36,
  color: '#ffffff',
  opacity: 0.8,
  place: { at: 'bottom-right', inset: 24 },
}

const plans: Readonly<Record<string, WatermarkPlan | null>> = {
  'no mark': null,
  ...defaultWatermarkPlans,
  'centre, turned': {
    type: 'image',
    src: 'logo',
    width: 800,
    opacity: 0.3,
    place: { at: 'center' },
    rotate: -20,
  },
  'in a corner': quiet,
  'dark, tiled': { ...defaultWatermarkPlans.shared, color: '#000000', rotate: 0 },
}

const viewers = ['Ada Lovelace', 'عمر الخيام', 'שרה לוי', '<b>Ada</b> & \u202Eevil', 'Zoë Œuvre']

const logo = await sharp(
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="960" height="280" viewBox="0 0 240 70">
    <g fill="none" stroke="#fff" stroke-width="9" stroke-linecap="round">
      <circle cx="35" cy="35" r="22" /><path d="M35 25v20M25 35h20" />
    </g>
    <g fill="#fff"><rect x="76" y="18" width="150" height="13" rx="6" /><rect x="76" y="40" width="104" height="13" rx="6" /></g>
  </svg>`),
)
  .png()
  .toBuffer()

const renderer = createSharpRenderer()
const { signal } = new AbortController()

async function makeKinds(): Promise<Readonly<Record<string, Buffer>>> {
  const photos = new Map((await makePhotos()).map(({ name, buffer }) => [name, buffer]))
  const find = (name: string): Buffer => photos.get(name) ?? Buffer.alloc(0)
  const [photo, pale, dark] = [find('harbour.jpg'), find('gulls.jpg'), find('fjord.jpg')]
  const frames = await Promise.all(
    [0, 90, 180].map((degrees) =>
      sharp(photo).resize({ width: 640 }).modulate({ hue: degrees }).png().toBuffer(),
    ),
  )
  const disc = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="900"><circle cx="600" cy="450" r="380" fill="#d2691e"/></svg>`
  return {
    photograph: photo,
    pale,
    dark,
    white: await sharp(plain('#ffffff', 1600, 1067))
      .png()
      .toBuffer(),
    'huge, 8000 px': await sharp(photo).resize({ width: 8000 }).jpeg({ quality: 60 }).toBuffer(),
    'portrait, EXIF 6': await sharp(photo)
      .rotate(-90)
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer(),
    transparent: await sharp(Buffer.from(disc)).webp({ lossless: true }).toBuffer(),
    'animated, 3 frames': await sharp(frames, { join: { animated: true } })
      .gif({ delay: [100, 100, 100] })
      .toBuffer(),
    'panorama, 1600 x 200': await sharp(photo).resize(1600, 200).jpeg().toBuffer(),
    'strip, 150 x 1500': await sharp(photo).resize(150, 1500).jpeg().toBuffer(),
    '64 x 48': await sharp(photo).resize(64, 48).png().toBuffer(),
    '1 x 1': await sharp(plain('#c06020', 1, 1))
      .png()
      .toBuffer(),
  }
}

function plain(background: string, width: number, height: number): { create: Create } {
  return { create: { width, height, channels: 3, background } }
}

async function render(
  source: Buffer,
  plan: WatermarkPlan | null,
  viewer: string,
): Promise<Uint8Array> {
  const found = sniff(source)
  if (found.status !== 'image' || !isRaster(found.type)) throw new Error('This is no picture.')
  const { type, width, height, frames } = found
  const bytes = new Uint8Array(source)
  const picture: SourcePicture = { bytes, type, width: width ?? 1, height: height ?? 1, frames }
  const preset = frames > 1 ? ({ ...PRESET, format: 'webp' } as const) : PRESET
  return renderer.render(picture, { preset, mark: toMark(plan, viewer), signal })
}

function toMark(plan: WatermarkPlan | null, viewer: string): Mark | null {
  if (plan === null) return null
  if (plan.type === 'image') return { ...plan, overlay: logo }
  return { ...plan, words: writeMark(plan.text, { viewer, issuedAt: Date.UTC(2026, 10, 29) }) }
}

/** The whole of a picture, or of all its frames beside each other; a tiny one by its pixels. */
async function toCell(bytes: Uint8Array): Promise<Buffer> {
  const { pages = 1, width, pageHeight } = await sharp(bytes, { animated: true }).metadata()
  const still = pages > 1 ? await spread(bytes, { pages, width, pageHeight }) : bytes
  return sharp(still)
    .resize({
      ...CELL,
      fit: 'contain',
      kernel: width < 100 ? 'nearest' : 'lanczos3',
      background: '#0000',
    })
    .png()
    .toBuffer()
}

async function spread(
  bytes: Uint8Array,
  {
    pages,
    width,
    pageHeight = 1,
  }: { pages: number; width: number; pageHeight: number | undefined },
): Promise<Buffer> {
  const frames = await Promise.all(
    Array.from({ length: pages }, (_, page) => sharp(bytes, { page }).png().toBuffer()),
  )
  const canvas = {
    width: width * pages,
    height: pageHeight,
    channels: 4 as const,
    background: '#0000',
  }
  return sharp({ create: canvas })
    .composite(frames.map((input, at) => ({ input, left: at * width, top: 0 })))
    .png()
    .toBuffer()
}

/** The lower right corner, pixel for pixel. */
async function toDetail(bytes: Uint8Array): Promise<Buffer> {
  const { width, height } = await sharp(bytes).metadata()
  const corner = { left: width - CELL.width, top: height - CELL.height, ...CELL }
  return sharp(bytes).extract(corner).png().toBuffer()
}

async function label(text: string): Promise<Buffer> {
  const words = `<span foreground="#333333">${text}</span>`
  const drawn = { text: words, font: 'DejaVu Sans 13', dpi: 72, rgba: true, width: LABEL.width }
  return sharp({ text: drawn }).png().toBuffer()
}

const kinds = Object.entries(await makeKinds())
const columns = Object.entries(plans)
const toLeft = (column: number): number => GAP + LABEL.width + GAP + column * (CELL.width + GAP)
const toTop = (row: number): number => GAP + LABEL.height + GAP + row * (CELL.height + GAP)

const drawn: OverlayOptions[] = []
for (const [column, [name]] of columns.entries()) {
  drawn.push({ input: await label(name), left: toLeft(column), top: GAP })
}
for (const [row, [kind, source]] of kinds.entries()) {
  drawn.push({ input: await label(kind), left: GAP, top: toTop(row) })
  for (const [column, [, plan]] of columns.entries()) {
    const bytes = await render(source, plan, viewers[row % viewers.length] ?? '')
    drawn.push({ input: await toCell(bytes), left: toLeft(column), top: toTop(row) })
  }
}
for (const [offset, [kind, source]] of kinds.slice(0, 4).entries()) {
  const row = kinds.length + offset
  drawn.push({ input: await label(`${kind}, its corner`), left: GAP, top: toTop(row) })
  for (const [column, [, plan]] of columns.entries()) {
    const bytes = await render(source, plan, viewers[offset] ?? '')
    drawn.push({ input: await toDetail(bytes), left: toLeft(column), top: toTop(row) })
  }
}

const path = process.argv[2]
if (path === undefined) throw new TypeError('Say where the sheet goes: a path that ends in .png.')
const canvas = {
  width: toLeft(columns.length),
  height: toTop(kinds.length + 4),
  channels: 3 as const,
  background: '#d8d8dc',
}
await sharp({ create: canvas }).composite(drawn).png().toFile(path)
