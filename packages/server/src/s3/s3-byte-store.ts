import { ImagesError, MAX_UPLOAD_BYTES } from '@lightfast/core'
import type { ByteStore, PutOptions } from '../bytes/byte-store.ts'
import { takeChunks } from '../bytes/take-chunks.ts'
import { beginUpload } from './begin-upload.ts'
import type { MultipartUpload } from './begin-upload.ts'
import { createBucket } from './bucket.ts'
import type { Bucket } from './bucket.ts'
import { readBucketConfig } from './bucket-config.ts'
import type { BucketConfig, S3ByteStoreOptions } from './bucket-config.ts'
import { cutIntoParts } from './cut-into-parts.ts'
import { listObjects } from './list-objects.ts'

/**
 * Makes a store in a bucket that speaks S3: AWS, R2, MinIO and others. It holds 5 MiB of a file in memory while it is put, the least that
 * S3 takes for a part, and all of it, 10 MB at most, while it is read. A file whose last answer was lost may be there
 * though `put` failed: whole, and in the list. Give the bucket a rule that ends incomplete uploads after a day:
 * a process that is killed leaves the parts of its own.
 */
export function createS3ByteStore(options: S3ByteStoreOptions): ByteStore {
  const config = readBucketConfig(options)
  const bucket = createBucket(config)
  const toName = (key: string) => config.prefix + checkKey(key)
  return {
    async put(key, body, limits) {
      const upload = createUpload(bucket, toName(key), { config, limits })
      return { sizeBytes: await upload(body) }
    },
    open: async (key) => openObject(bucket, toName(key)),
    delete: async (key) => deleteObject(bucket, toName(key)),
    list: () => listObjects(bucket, config.prefix),
  }
}

function checkKey(key: string): string {
  if (key === '') throw new TypeError('The key of bytes must not be empty.')
  return key
}

interface UploadContext {
  readonly config: BucketConfig
  readonly limits: PutOptions
}

/** What fits into one part is put at once. */
function createUpload(bucket: Bucket, name: string, { config, limits }: UploadContext) {
  const { signal } = limits
  const { schedule } = config.surroundings
  const maxBytes = Math.min(limits.maxBytes, MAX_UPLOAD_BYTES)

  return async function upload(body: ReadableStream<Uint8Array>): Promise<number> {
    let inParts: MultipartUpload | undefined
    let sizeBytes = 0
    try {
      for await (const { bytes, isLast } of cutIntoParts(
        takeChunks(body, { ...limits, maxBytes }),
      )) {
        if (!isLast) inParts ??= await beginUpload(bucket, name, { signal, schedule })
        await (inParts ? inParts.add(bytes) : putWhole(bytes))
        sizeBytes += bytes.byteLength
      }
      await inParts?.complete()
      return sizeBytes
    } catch (error) {
      await inParts?.abort()
      throw error
    }
  }

  async function putWhole(body: Uint8Array<ArrayBuffer>): Promise<void> {
    await bucket.send({ operation: 'put', method: 'PUT', name, body, repeat: 'safe', signal })
  }
}

async function openObject(bucket: Bucket, name: string): Promise<Blob | undefined> {
  const request = { operation: 'open', method: 'GET', repeat: 'safe' } as const
  try {
    const { chunks } = await bucket.send({ ...request, name, maxBytes: MAX_UPLOAD_BYTES })
    return new Blob([...chunks])
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

async function deleteObject(bucket: Bucket, name: string): Promise<void> {
  try {
    await bucket.send({ operation: 'delete', method: 'DELETE', name, repeat: 'safe' })
  } catch (error) {
    if (!isMissing(error)) throw error
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof ImagesError && error.code === 'bytes_missing'
}
