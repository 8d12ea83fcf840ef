import { checkFile, ImagesError } from '@lightfast/core'
import type { FilePolicy, ImageState } from '@lightfast/core'
import type { UploadsOperator } from '../uploads/create-uploads.ts'
import type { ImageRecord } from '../uploads/record.ts'
import { examineFile } from './examine-file.ts'
import type { ImportContext } from './import-context.ts'
import { toFailed, toImagesError } from './import-file.ts'
import { isImportId, toUploadId } from './import-ids.ts'
import { DELETED } from './import-result.ts'
import type { ImportResult } from './import-result.ts'
import type { ImportSource } from './import-source.ts'

/** What is there of an owner already, by upload id. */
export type KnownUploads = ReadonlyMap<string, Pick<ImageRecord, 'id' | 'state'>>

/** Tells what an import would do with a file, by the same rules, and does none of it. */
export async function inspectFile(
  context: Pick<ImportContext, 'principal' | 'createSha256' | 'uploads'>,
  source: ImportSource,
  { policy, known }: { readonly policy: FilePolicy; readonly known: KnownUploads },
): Promise<ImportResult> {
  try {
    const { file, close } = await source.open(policy.maxBytes)
    try {
      return await inspect(context, source, { file, policy, known })
    } finally {
      await close()
    }
  } catch (error) {
    return toFailed(source, toImagesError(error))
  }
}

interface Inspecting {
  readonly file: Blob
  readonly policy: FilePolicy
  readonly known: KnownUploads
}

async function inspect(
  {
    principal,
    createSha256,
    uploads,
  }: Pick<ImportContext, 'principal' | 'createSha256' | 'uploads'>,
  { name }: ImportSource,
  { file, policy, known }: Inspecting,
): Promise<ImportResult> {
  const { sha256 } = await examineFile(file, createSha256)
  const verdict = checkFile(new Uint8Array(await file.arrayBuffer()), policy)
  if (verdict.status === 'refused') {
    const { code, message } = verdict.failure
    throw new ImagesError(code, message)
  }
  for (let generation = 0; ; generation += 1) {
    const found = known.get(await toUploadId(principal.id, sha256, generation))
    if (!found) return { name, outcome: 'new' }
    const { id: imageId, state } = found
    if (state !== 'deleted') return { name, outcome: toOutcome(state), imageId, sha256 }
    const [last] = (await uploads.operator.audit(imageId)).slice(-1)
    if (last?.from === 'ready') return { name, outcome: 'skipped', reason: DELETED }
  }
}

function toOutcome(state: ImageState): 'known' | 'kept' {
  return state === 'parked' || state === 'delivered' ? 'kept' : 'known'
}

const PAGE = 500

/** Reads what earlier imports have brought of an owner. */
export async function readKnown(
  { store }: Pick<UploadsOperator, 'store'>,
  ownerId: string,
): Promise<KnownUploads> {
  const states = ['ready', 'parked', 'delivered', 'deleted'] as const
  const known = new Map<string, Pick<ImageRecord, 'id' | 'state'>>()
  let after: ImageRecord | undefined
  for (;;) {
    const page = await store.records.list({ ownerId, states, limit: PAGE, ...(after && { after }) })
    for (const { uploadId, id, state } of page) {
      if (isImportId(uploadId)) known.set(uploadId, { id, state })
    }
    after = page.at(-1)
    if (page.length < PAGE) return known
  }
}
