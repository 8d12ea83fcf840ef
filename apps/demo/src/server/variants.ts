import type { ImagesClient, Variant } from '@lightfast/server'

/** The named variants of the demo: private images can be shown by these only. */
const variants: readonly Variant[] = [
  { id: 'lightfast-avatar', fit: 'cover', width: 192, height: 192 },
  { id: 'lightfast-gallery', fit: 'cover', width: 480, height: 480 },
]

export const variantNames: readonly string[] = variants.map(({ id }) => id)

/** Adds to the account those variants of the demo that it lacks, and touches no other. */
export async function ensureVariants(client: ImagesClient): Promise<void> {
  const known = (await client.variants.list()).map(({ id }) => id)
  for (const variant of variants) {
    if (!known.includes(variant.id)) await client.variants.create(variant)
  }
}
