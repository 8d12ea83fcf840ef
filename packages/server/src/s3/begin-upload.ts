import type { Surroundings } from '../surroundings.ts'
import { decode } from './bucket.ts'
import type { Bucket, BucketRequest } from './bucket.ts'
import { toUnavailable } from './bucket-failure.ts'
import { encodeEntities, findTexts } from './read-xml.ts'

export interface MultipartUpload {
  readonly add: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>
  /** Only now does the object appear. */
  readonly complete: () => Promise<void>
  /** Lets go of the parts. It never rejects: whoever calls it has an error of their own to tell. */
  readonly abort: () => Promise<void>
}

export interface UploadLimits {
  readonly signal: AbortSignal | undefined
  readonly schedule: Surroundings['schedule']
}

/** Somebody waits for it to tell why the upload failed. */
const ABORT_WITHIN_MS = 10_000

/** Begins an upload in parts. It is sent once only: a second one would leave the first behind. */
export async function beginUpload(
  bucket: Bucket,
  name: string,
  { signal, schedule }: UploadLimits,
): Promise<MultipartUpload> {
  const begin = { operation: 'put (begin)', method: 'POST', repeat: 'never' } as const
  const begun = await bucket.send({ ...begin, name, query: { uploads: '' }, signal })
  const [uploadId] = findTexts(decode(begun.chunks), 'UploadId')
  if (!uploadId) throw toUnavailable('did not say which upload it began')
  const etags: string[] = []
  return { add, complete, abort }

  async function add(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const partNumber = String(etags.length + 1)
    const request = { operation: 'put (part)', method: 'PUT', repeat: 'safe' } as const
    const { headers } = await send({ ...request, body: bytes, signal }, { partNumber })
    const etag = headers.get('etag')
    if (!etag) throw toUnavailable('did not name the part that it took')
    etags.push(etag)
  }

  async function complete(): Promise<void> {
    const request = { operation: 'put (complete)', method: 'POST', repeat: 'never' } as const
    const { chunks } = await send({ ...request, body: toManifest(etags), signal })
    // It may begin to answer 200 before it knows, so as to keep the connection.
    const text = decode(chunks)
    if (!/<CompleteMultipartUploadResult[\s/>]/.test(text)) {
      throw toUnavailable('did not put the parts together')
    }
  }

  async function abort(): Promise<void> {
    const leaving = new AbortController()
    const cancel = schedule(() => leaving.abort(), ABORT_WITHIN_MS)
    const request = { operation: 'put (abort)', method: 'DELETE', repeat: 'safe' } as const
    await send({ ...request, signal: leaving.signal }).catch(ignore)
    cancel()
  }

  function send(request: BucketRequest, query: { readonly partNumber?: string } = {}) {
    return bucket.send({ ...request, name, query: { ...query, uploadId: `${uploadId}` } })
  }
}

function toManifest(etags: readonly string[]): Uint8Array<ArrayBuffer> {
  const parts = etags.map(
    (etag, at) =>
      `<Part><PartNumber>${at + 1}</PartNumber><ETag>${encodeEntities(etag)}</ETag></Part>`,
  )
  const xml = `<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`
  return new TextEncoder().encode(xml)
}

/** A rule of the bucket clears away what stays behind: see `createS3ByteStore`. */
function ignore(): void {}
