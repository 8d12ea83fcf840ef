import { Hono } from 'hono'
import { makeThumbnail } from './thumbnail.ts'
import type { Emulation, EmulatorEnv } from '../emulation.ts'
import type { ListedImage } from '../store.ts'

/** Creates the routes that show the images and the slots as they are kept, and thumbnails without a signature. */
export function createImageRoutes(emulation: Emulation): Hono<EmulatorEnv> {
  const { store } = emulation
  const app = new Hono<EmulatorEnv>()
  app.get('/images', async (c) => {
    const images = await store.kept.list()
    const shown = images.filter(({ status }) => status !== 'draft')
    return c.json(shown.map((image) => toShownImage(image, emulation)))
  })
  app.get('/images/:id/thumbnail', async (c) => {
    const image = await store.kept.get(c.req.param('id'))
    if (image?.status === 'stored') return makeThumbnail(image.file, emulation.config)
    return c.json({ message: 'There is no file' }, 404)
  })
  app.get('/slots', async (c) => {
    const images = await store.kept.list()
    return c.json(images.flatMap((image) => toShownSlot(image, emulation)))
  })
  return app
}

/** An image whose file has come. */
interface ShownImage {
  readonly id: string
  readonly state: 'stored' | 'settling' | 'refused'
  readonly createdAt: number
  readonly isPrivate: boolean
  readonly creator: string | null
  readonly filename?: string
  readonly type?: string
  readonly width?: number
  readonly height?: number
  /** Why it was refused. */
  readonly reason?: string
}

function toShownImage(image: ListedImage, { store }: Emulation): ShownImage {
  const { id, createdAt, requireSignedURLs: isPrivate, creator } = image.facts
  const common = { id, createdAt, isPrivate, creator }
  if (image.status !== 'stored') {
    const reason = image.status === 'refused' ? `${image.code} ${image.message}` : ''
    return { ...common, state: 'refused', reason }
  }
  const { filename, type, picture } = image.file
  const size = picture && { width: picture.width, height: picture.height }
  const state = store.isSettling(id) ? 'settling' : 'stored'
  return { ...common, state, filename, type, ...size }
}

/** A draft and its one-time URL. */
interface ShownSlot {
  readonly id: string
  readonly state: 'open' | 'expired'
  readonly createdAt: number
  readonly expiresAt: number
  readonly isPrivate: boolean
  readonly creator: string | null
  readonly uploadURL: string
}

function toShownSlot(image: ListedImage, { config }: Emulation): readonly ShownSlot[] {
  if (image.status !== 'draft') return []
  const { id, createdAt, requireSignedURLs: isPrivate, creator } = image.facts
  const { expiresAt } = image
  const state = config.now() < expiresAt ? 'open' : 'expired'
  const uploadURL = `${config.origins.upload}/${config.accountHash}/${encodeURIComponent(id)}`
  return [{ id, state, createdAt, expiresAt, isPrivate, creator, uploadURL }]
}
