import { failures, ImagesError } from '@lightfast/core'
import type { FailureFacts, Image } from '@lightfast/core'
import { wait } from './create-pace.ts'
import { examineFile, readAgain, toChanged, wasChanged } from './examine-file.ts'
import type { Examined } from './examine-file.ts'
import type { ImportContext } from './import-context.ts'
import { toUploadId } from './import-ids.ts'
import { DELETED } from './import-result.ts'
import type { ImportResult } from './import-result.ts'
import type { ImportSource } from './import-source.ts'

/** How long something is tried again: so often, and at least for so long. */
interface Patience {
  readonly tries: number
  readonly ms: number
}

const forReading: Patience = { tries: 3, ms: 0 }
/** What a killed run held is free again within a minute. */
const forStoring: Patience = { tries: 6, ms: 120_000 }

const BASE_MS = 1000
const CAP_MS = 30_000

/**
 * Imports one source, and tries again what can go well another time. Whatever happens to it or to this process, its bytes end as
 * one image at most. Never rejects but for what is no failure of the table.
 */
export async function importFile(
  context: ImportContext,
  source: ImportSource,
): Promise<ImportResult> {
  try {
    const { file, close } = await patiently(context, forReading, () =>
      source.open(context.maxBytes),
    )
    try {
      const examined = await examineFile(file, context.createSha256)
      const storing = { file, examined, generation: 0 }
      const store = () => patiently(context, forStoring, () => storeOnce(context, source, storing))
      return await context.inTurn(examined.sha256, store)
    } finally {
      await close()
    }
  } catch (error) {
    return toFailed(source, toImagesError(error))
  }
}

async function patiently<Result>(
  { surroundings, pace }: ImportContext,
  patience: Patience,
  work: () => Promise<Result>,
): Promise<Result> {
  const { now, random, schedule } = surroundings
  const startedAt = now()
  for (let tries = 1; ; tries += 1) {
    try {
      return await work()
    } catch (error) {
      const failure = toImagesError(error)
      const isOver = tries >= patience.tries && now() - startedAt >= patience.ms
      if (isOver || !isPassing(failure)) throw failure
      const delayMs = Math.min(CAP_MS, BASE_MS * 2 ** (tries - 1)) * (0.5 + random() / 2)
      const ms = failure.retryAfterMs ?? delayMs
      // What stops the account stops all files.
      if (failures[failure.code].reason === 'image-host') pace.pause(ms)
      await wait(ms, schedule)
    }
  }
}

function isPassing({ code }: ImagesError): boolean {
  const { retry, reason }: FailureFacts = failures[code]
  return retry !== 'never' && reason !== 'fault'
}

/** Writes down why a source was not imported. */
export function toFailed({ name }: Pick<ImportSource, 'name'>, { code, message }: ImagesError) {
  return { name, outcome: 'failed', code, reason: message } as const
}

/** Programmer mistakes are no failures of a file. */
export function toImagesError(error: unknown): ImagesError {
  if (wasChanged(error) || (error instanceof Error && wasChanged(error.cause))) return toChanged()
  if (error instanceof ImagesError) return error
  throw error
}

interface Storing {
  readonly file: Blob
  readonly examined: Examined
  readonly generation: number
}

async function storeOnce(
  context: ImportContext,
  source: ImportSource,
  storing: Storing,
): Promise<ImportResult> {
  const { sha256 } = storing.examined
  const { image, wasRead } = await store(context, source, storing)
  const { name } = source
  const { id: imageId, failure } = image
  if (image.state === 'ready')
    return { name, outcome: wasRead ? 'imported' : 'known', imageId, sha256 }
  if (image.state === 'parked' || image.state === 'delivered')
    return { name, outcome: 'kept', imageId, sha256 }
  if (image.state === 'deleted') return storeAgain(context, source, { ...storing, image })
  const { code = 'upload_conflict', message = 'It is not done yet.' } = failure ?? {}
  throw new ImagesError(code, message)
}

async function store(
  { uploads, principal, kind, pace, createSha256 }: ImportContext,
  { filename }: ImportSource,
  { file, examined, generation }: Storing,
): Promise<{ readonly image: Image; readonly wasRead: boolean }> {
  const { contentType, sha256 } = examined
  const uploadId = await toUploadId(principal.id, sha256, generation)
  let wasRead = false
  // Only bytes that are wanted cost a call, and so a turn.
  const onFirst = async () => {
    await pace.turn()
    wasRead = true
  }
  const body = readAgain(file, { sha256, createSha256, onFirst })
  const about = { uploadId, kind, filename, contentType, sizeBytes: file.size }
  const request = { ...about, width: null, height: null }
  const { image } = await uploads.storeFile(principal, request, body)
  return { image, wasRead }
}

/** A record that was cleaned away stands in nobody's way. An image that somebody deleted does not come back by itself. */
async function storeAgain(
  context: ImportContext,
  source: ImportSource,
  { image, ...storing }: Storing & { readonly image: Image },
): Promise<ImportResult> {
  const [last] = (await context.uploads.operator.audit(image.id)).slice(-1)
  if (last?.from !== 'ready')
    return storeOnce(context, source, { ...storing, generation: storing.generation + 1 })
  return { name: source.name, outcome: 'skipped', reason: DELETED }
}
