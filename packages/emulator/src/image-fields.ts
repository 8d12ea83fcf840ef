import { refused } from './codes.ts'
import { checkCustomId } from './custom-id.ts'
import { isRecord, parseJson } from './form.ts'
import { notEmulated, RefusedError } from './refusal.ts'
import type { Emulation } from './emulation.ts'
import type { Fields } from './form.ts'
import type { EmulatorSettings } from './settings.ts'
import type { ImageFacts, ImageStore } from './store.ts'

const MAX_METADATA_BYTES = 1024
const MAX_CREATOR_LENGTH = 1024
const common = ['id', 'metadata', 'requireSignedURLs', 'creator']

/** Parses the fields every new image has; any field that is neither these nor `own` is refused by name. */
export async function parseImageFields(
  fields: Fields,
  own: readonly string[],
  { config, store }: Emulation,
): Promise<ImageFacts> {
  const { settings, randomId, now } = config
  const unknown = [...fields.keys()].find((name) => !common.includes(name) && !own.includes(name))
  if (unknown !== undefined) throw notEmulated(`The field ${unknown}`)
  await checkRoom(store, settings)
  const requireSignedURLs = parseFlag(fields.get('requireSignedURLs'), settings)
  const customId = parseText('id', fields, settings)
  if (customId !== undefined) checkCustomId(customId, requireSignedURLs, settings)
  const id = customId ?? randomId()
  if (await store.get(id)) throw new RefusedError(settings.takenId)
  return {
    id,
    createdAt: now(),
    meta: parseMetadata(fields.get('metadata'), settings),
    creator: parseCreator(fields, settings),
    requireSignedURLs,
    ...(customId !== undefined && { customId: true }),
  }
}

/** Counts the images as the statistics do: drafts are not among them. */
export const countImages = async (store: ImageStore): Promise<number> =>
  (await store.list()).filter(({ status }) => status === 'stored').length

async function checkRoom(store: ImageStore, settings: EmulatorSettings): Promise<void> {
  if ((await countImages(store)) >= settings.allowedImages) throw refused(5453, settings)
}

/** Reads an optional text field. */
export function parseText(
  name: string,
  fields: Fields,
  settings: EmulatorSettings,
): string | undefined {
  const value = fields.get(name)
  if (value === undefined) return undefined
  if (typeof value !== 'string') throw refused(5400, settings, `${name} must be a string`)
  return value
}

/** Reads who made an image; JSON may say `null` for nobody. */
export function parseCreator(fields: Fields, settings: EmulatorSettings): string | null {
  if (fields.get('creator') === null) return null
  const creator = parseText('creator', fields, settings) ?? null
  if (creator === null || creator.length <= MAX_CREATOR_LENGTH) return creator
  throw refused(5400, settings, 'creator must not exceed 1024 characters')
}

/** Reads an optional flag: a form has only text, JSON has true booleans. */
export function parseFlag(value: unknown, settings: EmulatorSettings): boolean {
  if (value === undefined || value === false || value === 'false') return false
  if (value === true || value === 'true') return true
  throw refused(5400, settings, 'requireSignedURLs must be true or false')
}

/** Reads metadata from JSON or from the text of JSON. */
export function parseMetadata(value: unknown, settings: EmulatorSettings): Record<string, unknown> {
  if (value === undefined) return {}
  const metadata = typeof value === 'string' ? parseJson(value) : value
  if (!isRecord(metadata) || metadata instanceof Blob)
    throw refused(5400, settings, 'metadata must be a JSON object')
  const size = new TextEncoder().encode(JSON.stringify(metadata)).length
  if (size > MAX_METADATA_BYTES)
    throw refused(5400, settings, 'metadata must not exceed 1024 bytes')
  return metadata
}
