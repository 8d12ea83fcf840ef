import { ImagesError } from '@lightfast/core'
import type { StartUpload } from '@lightfast/core'
import type { Principal } from '../access/principal.ts'
import type { ImageRecord } from './record.ts'
import type { MetadataRules, UploadKind } from './upload-kind.ts'

/** What the server makes of what a request claims. */
export type ReadRequest = Pick<ImageRecord, 'privacy' | 'metadata'>

/** Cloudflare keeps 1024 bytes; the ids that we add need some of them. */
const MAX_METADATA_BYTES = 768

/**
 * Checks a request by the rules of its kind. The browser has checked all this already; whoever comes without our kit
 * has not.
 * @throws ImagesError that names what is wrong.
 */
export async function readRequest(
  principal: Principal,
  request: StartUpload,
  kinds: Readonly<Record<string, UploadKind>>,
): Promise<ReadRequest> {
  const kind = findKind(request.kind, kinds)
  checkType(request, kind)
  return {
    privacy: readPrivacy(request, kind),
    metadata: await readMetadata(principal, request, kind),
  }
}

/** Finds a kind by a name that came from outside. */
export function findKind(name: string, kinds: Readonly<Record<string, UploadKind>>): UploadKind {
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined
  if (kind) return kind
  throw new ImagesError('invalid_request', 'There is no such kind of upload.', { field: 'kind' })
}

function checkType({ contentType, sizeBytes }: StartUpload, kind: UploadKind): void {
  if (!kind.types.includes(contentType)) {
    throw new ImagesError('file_type_unsupported', `${contentType} is not accepted.`)
  }
  if (sizeBytes <= kind.maxBytes) return
  const measure = { actual: sizeBytes, limit: kind.maxBytes }
  throw new ImagesError('file_too_large', 'The file is over the limit.', { measure })
}

function readPrivacy(request: StartUpload, kind: UploadKind): 'private' | 'public' {
  checkPrivacy(request, kind)
  return request.privacy ?? kind.privacy ?? 'private'
}

/** Refuses a choice that the kind does not leave to a request. */
export function checkPrivacy(
  { privacy }: Pick<StartUpload, 'privacy'>,
  { mayChoose = [] }: UploadKind,
): void {
  if (privacy === undefined || mayChoose.includes('privacy')) return
  const message = 'This kind of upload does not let you choose who sees it.'
  throw new ImagesError('invalid_request', message, { field: 'privacy' })
}

async function readMetadata(
  principal: Principal,
  request: StartUpload,
  { metadata: rules = {} }: UploadKind,
): Promise<Readonly<Record<string, string>>> {
  const { defaults = {}, make } = rules
  const given = request.metadata ?? {}
  checkKeys(given, rules)
  const metadata = { ...defaults, ...given, ...(await make?.(principal, request)) }
  checkSize(metadata)
  return metadata
}

/** Refuses metadata that a request may not set by itself. */
export function checkMetadata(
  metadata: Readonly<Record<string, string>>,
  { metadata: rules = {} }: UploadKind,
): void {
  checkKeys(metadata, rules)
  checkSize(metadata)
}

function checkKeys(given: Readonly<Record<string, string>>, { keys = [] }: MetadataRules): void {
  const unknown = Object.keys(given).find((key) => !keys.includes(key))
  if (unknown !== undefined) throw toMetadataError(`There is no metadata "${unknown}" to be set.`)
}

function checkSize(metadata: Readonly<Record<string, string>>): void {
  const { length } = new TextEncoder().encode(JSON.stringify(metadata))
  if (length <= MAX_METADATA_BYTES) return
  throw toMetadataError(`The metadata has ${length} bytes. The limit is ${MAX_METADATA_BYTES}.`)
}

function toMetadataError(message: string): ImagesError {
  return new ImagesError('invalid_request', message, { field: 'metadata' })
}
