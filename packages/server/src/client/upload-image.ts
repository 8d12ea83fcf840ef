import { ImagesError, MAX_UPLOAD_BYTES } from '@lightfast/core'
import { countDown } from './api.ts'
import type { Api, CallOptions, Endpoint } from './api.ts'
import { cloudflareImage } from './cloudflare-image.ts'
import type { CloudflareImage } from './cloudflare-image.ts'
import { getImage } from './get-image.ts'
import { toImageForm } from './image-fields.ts'
import type { ImageFields } from './image-fields.ts'
import { listPage } from './image-list.ts'
import { readUpload } from './read-upload.ts'
import type { ReadUploadOptions, UploadStream } from './read-upload.ts'
import { unlessMissing } from './when-missing.ts'

/** What to upload: a file, bytes as they come in, or an address from which Cloudflare fetches it. */
export type UploadSource =
  | { readonly file: Blob; readonly name?: string }
  | UploadStream
  | { readonly url: URL | string }

/** What is said of the image, and of the call. */
export type UploadOptions = ImageFields & CallOptions

/** 250 KB a second: many files at once share one line. */
const SLOWEST_BYTES_PER_MS = 250

/** How far our clock and Cloudflare's may be apart. */
const SKEW_MS = 60_000

/** Uploads an image. What happens when an answer is lost is told at `images.upload`. */
export async function uploadImage(
  api: Api,
  source: UploadSource,
  options: UploadOptions,
): Promise<CloudflareImage> {
  const left = countDown(api, options)
  const find = toFinder(api, options)
  const form = toImageForm(options)
  await addSource(form, source, { ...left(), schedule: api.surroundings.schedule })
  const file = form.get('file')
  const endpoint: Endpoint<CloudflareImage> = {
    operation: 'images.upload',
    method: 'POST',
    path: ['v1'],
    repeat: 'unsafe',
    host: 'batch',
    makeBody: () => form,
    bodyMs: file instanceof Blob ? file.size / SLOWEST_BYTES_PER_MS : 0,
    result: cloudflareImage,
    ...(find && { readBack: find }),
  }
  try {
    return await api.call(endpoint, left())
  } catch (error) {
    // The id may be taken by our own earlier attempt, if that was still under way when it was looked for.
    const isTaken = error instanceof ImagesError && error.status === 409 && error.attempts > 1
    const ours = isTaken && (await find?.(left()).catch(() => undefined))
    return ours || Promise.reject(error)
  }
}

type Finder = (options: CallOptions) => Promise<CloudflareImage | undefined>

/** An id of our own, or an `attemptId` in the metadata, finds the image of an attempt whose answer was lost. */
function toFinder(api: Api, { id, metadata }: ImageFields): Finder | undefined {
  const startedAt = api.surroundings.now()
  const attemptId = metadata?.['attemptId']
  if (id !== undefined) {
    return async (options) => {
      const image = await unlessMissing(getImage(api, id, options))
      return image && isOurs(image) ? image : undefined
    }
  }
  if (typeof attemptId !== 'string' || attemptId === '') return undefined
  return async (options) => {
    const meta = [{ field: 'attemptId', op: 'eq', value: attemptId }] as const
    const [image] = (await listPage(api, { meta, perPage: 10 }, options)).images
    // Lists lag behind: that it is not there yet does not say that it never will be.
    return image ?? Promise.reject(new ImagesError('not_found', 'It is not in the list yet.'))
  }

  /** Somebody else's image may have had the id all along. */
  function isOurs({ draft, meta, uploadedAt }: CloudflareImage): boolean {
    if (draft) return false
    if (attemptId !== undefined) return meta['attemptId'] === attemptId
    return (uploadedAt ?? 0) > startedAt - SKEW_MS
  }
}

async function addSource(
  form: FormData,
  source: UploadSource,
  options: ReadUploadOptions,
): Promise<void> {
  if ('url' in source) return form.set('url', checkUrl(source.url))
  const file = 'file' in source ? source.file : await readUpload(source, options)
  checkFile(file)
  if (source.name === undefined) form.set('file', file)
  else form.set('file', file, source.name)
}

/** Its message does not repeat the address, which may hold a password. */
function checkUrl(url: URL | string): string {
  const text = `${url}`
  if (!/^https?:/i.test(text) || !URL.canParse(text)) {
    throw new TypeError('The address to upload must be an http or https address.')
  }
  return text
}

function checkFile(file: Blob): void {
  if (!(file instanceof Blob)) throw new TypeError('The file to upload must be a Blob.')
  const { size } = file
  if (size === 0) throw new ImagesError('file_empty', 'The file to upload has no bytes.')
  if (size <= MAX_UPLOAD_BYTES) return
  throw new ImagesError(
    'file_too_large',
    `The file to upload has more than ${MAX_UPLOAD_BYTES} bytes.`,
    {
      measure: { actual: size, limit: MAX_UPLOAD_BYTES },
    },
  )
}
