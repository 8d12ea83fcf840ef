import { buildDeliveryUrl, pickVariant, toSrcset } from '@lightfast/core'
import type { DeliveryUrlParts, PresetVariant } from '@lightfast/core'
import type { SigningKeys } from './key-ring.ts'
import { signBatch } from './sign-batch.ts'
import type { SigningTerms } from './sign-url-terms.ts'

/** Whose picture is shown, and until when its URLs hold. */
export interface PresetImage extends Omit<DeliveryUrlParts, 'variant'> {
  /** Milliseconds since the epoch: see `imageExpiry`. */
  readonly expiresAt: number
  /** For which `src` is chosen, in pixels. @default the widest there is */
  readonly srcWidth?: number
}

/** What an `<img>` needs of a private image. */
export interface SignedPreset {
  readonly src: string
  readonly srcset: string
  /** The URLs by the name of their variant. */
  readonly urls: ReadonlyMap<string, string>
}

/**
 * Signs all widths of a preset for one image. Variants that everybody may see get a URL without a signature.
 * @throws TypeError as `signUrl` does.
 */
export async function signPreset(
  image: PresetImage,
  variants: readonly PresetVariant[],
  key: SigningKeys | SigningTerms,
): Promise<SignedPreset> {
  const { expiresAt, srcWidth = Infinity, ...parts } = image
  const urlOf = ({ id }: PresetVariant) => buildDeliveryUrl({ ...parts, variant: id })
  const closed = variants.filter((variant) => variant.neverRequireSignedURLs !== true)
  const signed = await signBatch(closed.map(urlOf), expiresAt, key)
  const urls = new Map(variants.map((variant) => [variant.id, urlOf(variant)]))
  closed.forEach(({ id }, at) => urls.set(id, signed[at] ?? ''))
  const find = (id: string) => urls.get(id) ?? ''
  return { src: find(pickVariant(variants, srcWidth).id), srcset: toSrcset(variants, find), urls }
}
