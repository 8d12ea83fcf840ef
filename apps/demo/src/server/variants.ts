import type { ImagesClient, RenditionPreset, Variant } from '@lightfast/server'

/** What the gateway draws on: as wide as the widest picture that it shows. */
export const sourceVariant = 'lightfast-source'

/** What a face is shown by, and what a likeness is made of. */
export const avatarVariant = 'lightfast-avatar'
export const likenessVariant = 'lightfast-likeness'

/** The named variants of the demo: private images can be shown by these only. */
const variants: readonly Variant[] = [
  { id: avatarVariant, fit: 'cover', width: 192, height: 192 },
  { id: 'lightfast-gallery', fit: 'cover', width: 480, height: 480 },
  { id: likenessVariant, fit: 'scale-down', width: 100, height: 100 },
  { id: sourceVariant, fit: 'scale-down', width: 1600, height: 1600 },
]

/** What may be asked for by name. What the gateway draws on has no mark, so it is not among them. */
export const variantNames: readonly string[] = ['lightfast-gallery']

/** The same by the gateway, and a whole picture for a link. */
export const viewPresets: Readonly<Record<string, RenditionPreset>> = {
  'lightfast-gallery': { fit: 'cover', width: 480, height: 480 },
  'lightfast-view': { fit: 'scale-down', width: 1600 },
}

/** Adds to the account those variants of the demo that it lacks, and touches no other. */
export async function ensureVariants(client: ImagesClient): Promise<void> {
  const known = (await client.variants.list()).map(({ id }) => id)
  for (const variant of variants) {
    if (!known.includes(variant.id)) await client.variants.create(variant)
  }
}
