import { refused } from '../codes.ts'
import { notEmulated } from '../refusal.ts'
import { parseDeliveryPath } from './path.ts'
import { judgeSignature } from './signature.ts'
import type { Emulation } from '../emulation.ts'
import type { StoredFile, StoredImage } from '../store.ts'
import type { Variant } from '../variant.ts'
import type { CacheScope } from './cache.ts'
import type { DeliveryPath } from './path.ts'

/** What an admitted request will be given. */
export interface Admitted {
  readonly file: StoredFile
  readonly variant: Variant
  readonly cache: CacheScope
}

type Deliverable = Extract<StoredImage, { status: 'stored' }>

/** Decides what a delivery URL gives, or why it gives nothing. */
export async function admit(url: URL, emulation: Emulation): Promise<Admitted> {
  if (url.pathname.startsWith('/cdn-cgi/image/')) throw notEmulated('Transforming by URL')
  const path = parseDeliveryPath(url.pathname)
  if (!path) throw refused(9426, emulation.config.settings)
  const variant = findVariant(path, emulation)
  const image = await findImage(path.id, emulation)
  const cache = await checkAccess(url, isOpen(image, variant), emulation)
  return { file: image.file, variant, cache }
}

function findVariant({ hash, variant }: DeliveryPath, { config, account }: Emulation): Variant {
  const { settings, accountHash } = config
  if (hash !== accountHash) throw refused(9427, settings)
  if (variant.includes('=')) throw refused(9429, settings)
  const known = account.state().variants.find(({ id }) => id === variant)
  if (known) return known
  throw denied("This account doesn't have variant with this name", settings)
}

/** A draft, and a file that was refused later, cannot be seen. */
async function findImage(id: string, { store, config }: Emulation): Promise<Deliverable> {
  const image = await store.get(id)
  if (image?.status !== 'stored') throw refused(9431, config.settings)
  return image
}

const isOpen = (image: Deliverable, variant: Variant): boolean =>
  !image.facts.requireSignedURLs || variant.neverRequireSignedURLs === true

async function checkAccess(url: URL, open: boolean, emulation: Emulation): Promise<CacheScope> {
  const { config, account } = emulation
  if (open) return { scope: 'public' }
  const { settings } = config
  const keys = account.state().signingKeys
  const verdict = await judgeSignature(url, { keys, now: config.now(), settings })
  if (verdict.status !== 'valid') throw denied(reasons[verdict.status], settings)
  return { scope: 'private', expiresAt: verdict.expiresAt }
}

/** Our own words: production's are not published. */
const reasons = {
  unsigned: 'This image requires a signed URL',
  invalid: 'The signature of the URL is not valid',
  expired: 'The signed URL has expired',
} as const

const denied = (reason: string, settings: Emulation['config']['settings']): Error =>
  refused(9425, settings, `Image access denied: ${reason}`)
