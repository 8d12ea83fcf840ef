import type { StartUpload } from '@lightfast/core'
import type { Principal } from '../access/principal.ts'
import { receiveBytes } from './receive-bytes.ts'
import type { ImageRecord } from './record.ts'
import { startUpload } from './start-upload.ts'
import type { UploadsContext } from './uploads-context.ts'

/**
 * Uploads a file from the server itself, as the principal's: the same record, the same rungs but the direct one, the same promise. Asking
 * again with a known upload id goes on with that record.
 */
export async function storeFile(
  context: UploadsContext,
  principal: Principal,
  { body, ...request }: StartUpload & { readonly body: ReadableStream<Uint8Array> },
): Promise<ImageRecord> {
  try {
    return await store(context, principal, { body, ...request })
  } catch (error) {
    // What was not read is not left open either.
    if (!body.locked) await body.cancel(error).catch(() => undefined)
    throw error
  }
}

async function store(
  context: UploadsContext,
  principal: Principal,
  { body, ...request }: StartUpload & { readonly body: ReadableStream<Uint8Array> },
): Promise<ImageRecord> {
  const rungs = context.readRungs().filter((rung) => rung !== 'direct')
  if (rungs.length === 0) throw new TypeError('To store a file takes the rung relay or park.')
  const { record, way } = await startUpload(
    { ...context, readRungs: () => rungs },
    principal,
    request,
  )
  if (way && way.rung !== 'direct') {
    const { attemptId } = way
    const received = { id: record.id, attemptId, body, contentLength: undefined }
    return receiveBytes(context, principal, received)
  }
  await body.cancel()
  return record
}
