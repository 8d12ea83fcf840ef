import { refused } from '../codes.ts'
import { RefusedError } from '../refusal.ts'
import { publicScope } from './cache.ts'
import { parseDeliveryPath } from './path.ts'
import { judgeSignature } from './signature.ts'
import type { Emulation } from '../emulation.ts'
import type { StoredFile, StoredImage } from '../store.ts'
import type { Variant } from '../variant.ts'
import type { Asked, AskedReader } from './asked.ts'
import type { CacheScope } from './cache.ts'
import type { DeliveryPath } from './path.ts'

/** What an admitted request will be given. */
export interface Admitted {
  readonly file: StoredFile
  readonly asked: Asked
  readonly cache: CacheScope
}

type Deliverable = Extract<StoredImage, { status: 'stored' }>

/** What stands last in a path: a variant, or options that were given in its place. */
type Wish = { readonly asked: Asked } & (
  | { readonly kind: 'variant'; readonly variant: Variant }
  | { readonly kind: 'flexible' }
)

/** Decides what a delivery URL gives, or why it gives nothing. */
export async function admit(
  url: URL,
  emulation: Emulation,
  reader: AskedReader,
): Promise<Admitted> {
  if (url.pathname.startsWith('/cdn-cgi/image/')) throw remoteRefusal
  const path = parseDeliveryPath(url.pathname)
  if (!path) throw refused(9426, emulation.config.settings)
  const wish = readWish(path, emulation, reader)
  const image = await findImage(path.id, emulation)
  const cache = await checkAccess({ url, wish, image }, emulation)
  return { file: image.file, asked: wish.asked, cache }
}

const remoteRefusal = new RefusedError({
  status: 501,
  code: 501,
  message:
    'Transforming by URL (/cdn-cgi/image/) is not emulated: it would fetch pictures from other hosts',
})

function readWish(
  { hash, variant, encodedVariant }: DeliveryPath,
  { config, account }: Emulation,
  reader: AskedReader,
): Wish {
  const { settings, accountHash } = config
  const { variants, flexibleVariants } = account.state()
  if (hash !== accountHash) throw refused(9427, settings)
  if (variant.includes('=')) {
    if (!flexibleVariants) throw refused(9429, settings)
    return { kind: 'flexible', asked: reader.readList(encodedVariant) }
  }
  const known = variants.find(({ id }) => id === variant)
  if (known) return { kind: 'variant', variant: known, asked: reader.readVariant(known) }
  throw denied("This account doesn't have variant with this name", settings)
}

/** A draft, and a file that was refused later, cannot be seen. */
async function findImage(id: string, { store, config }: Emulation): Promise<Deliverable> {
  const image = await store.get(id)
  if (image?.status !== 'stored') throw refused(9431, config.settings)
  return image
}

interface Claim {
  readonly url: URL
  readonly wish: Wish
  readonly image: Deliverable
}

async function checkAccess(claim: Claim, emulation: Emulation): Promise<CacheScope> {
  const { wish, url, image } = claim
  const { config, account } = emulation
  const { requireSignedURLs } = image.facts
  if (wish.kind === 'flexible') {
    if (requireSignedURLs || url.searchParams.has('sig'))
      throw new RefusedError(config.settings.privateFlexible)
    return publicScope(account.state().browserTtlSeconds)
  }
  const { neverRequireSignedURLs = false, options } = wish.variant
  if (requireSignedURLs && !neverRequireSignedURLs) return checkSignature(url, emulation)
  return publicScope(options.browser_ttl, account.state().browserTtlSeconds)
}

async function checkSignature(url: URL, { config, account }: Emulation): Promise<CacheScope> {
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
