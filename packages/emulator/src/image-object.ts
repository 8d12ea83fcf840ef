import type { Emulation } from './emulation.ts'
import type { ListedImage, StoredImage } from './store.ts'

/** An image as the API shows it: the request says `metadata`, the reply says `meta`. */
export interface ImageObject {
  readonly id: string
  readonly filename?: string
  readonly meta: Readonly<Record<string, unknown>>
  readonly uploaded: string
  readonly requireSignedURLs: boolean
  readonly creator?: string
  readonly variants: readonly string[]
  /** Present, and true, only until a file has arrived. */
  readonly draft?: true
}

/** Shows an image as the API does. */
export function toImageObject(image: StoredImage | ListedImage, emulation: Emulation): ImageObject {
  const { id, meta, requireSignedURLs, creator, createdAt } = image.facts
  return {
    id,
    ...(image.status === 'stored' && { filename: image.file.filename }),
    meta,
    uploaded: new Date(createdAt).toISOString(),
    requireSignedURLs,
    ...(creator !== null && { creator }),
    variants: deliveryUrls(id, emulation),
    ...(image.status !== 'stored' && { draft: true }),
  }
}

/** Lists one URL per named variant; an id keeps its slashes in them. */
function deliveryUrls(id: string, { config, account }: Emulation): readonly string[] {
  const path = id.split('/').map(encodeURIComponent).join('/')
  const base = `${config.origins.delivery}/${config.accountHash}/${path}`
  return account.state().variants.map((variant) => `${base}/${variant.id}`)
}
