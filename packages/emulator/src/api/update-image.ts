/** Changing an image: https://developers.cloudflare.com/api/resources/images/subresources/v1/methods/edit/ */
import { readJsonFields } from '../form.ts'
import { parseCreator, parseFlag, parseMetadata } from '../image-fields.ts'
import { toImageObject } from '../image-object.ts'
import { notEmulated, RefusedError } from '../refusal.ts'
import { findImage } from './find-image.ts'
import type { Emulation } from '../emulation.ts'
import type { Fields } from '../form.ts'
import type { ImageObject } from '../image-object.ts'
import type { EmulatorConfig } from '../options.ts'
import type { EmulatorSettings } from '../settings.ts'
import type { ImageFacts, StoredImage } from '../store.ts'

const known = ['metadata', 'requireSignedURLs', 'creator']

/** Changes what the body names and nothing else; metadata is replaced as a whole. */
export async function updateImage(
  id: string,
  request: Request,
  emulation: Emulation,
): Promise<ImageObject> {
  const { config, store } = emulation
  const fields = await readJsonFields(request, config.settings)
  const unknown = [...fields.keys()].find((name) => !known.includes(name))
  if (unknown !== undefined) throw notEmulated(`The field ${unknown} of an update`)
  const seen = await findImage(id, emulation)
  const changes = change(seen.facts, fields, config.settings)
  const facts = { ...changes, id: toId(seen, changes, config) }
  // What is kept may be more than what is seen of it yet.
  await store.put({ ...((await store.kept.get(id)) ?? seen), facts })
  if (facts.id !== id) await store.delete(id)
  return toImageObject({ ...seen, facts }, emulation)
}

function change(facts: ImageFacts, fields: Fields, settings: EmulatorSettings): ImageFacts {
  const requireSignedURLs = fields.has('requireSignedURLs')
    ? parseFlag(fields.get('requireSignedURLs'), settings)
    : facts.requireSignedURLs
  if (requireSignedURLs && facts.customId) throw new RefusedError(settings.privateCustomId)
  return {
    ...facts,
    requireSignedURLs,
    meta: fields.has('metadata') ? parseMetadata(fields.get('metadata'), settings) : facts.meta,
    creator: fields.has('creator') ? parseCreator(fields, settings) : facts.creator,
  }
}

/** A draft keeps its id, which is in the URL its uploader holds; so does an id of the caller's choice. Both assumed. */
function toId(
  { status, facts }: StoredImage,
  { requireSignedURLs }: ImageFacts,
  { settings, randomId }: EmulatorConfig,
): string {
  const isSame = facts.requireSignedURLs === requireSignedURLs
  const keeps = settings.idAfterAccessChange === 'same' || facts.customId || status !== 'stored'
  return isSame || keeps ? facts.id : randomId()
}
