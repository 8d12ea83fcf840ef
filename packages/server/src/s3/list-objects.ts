import type { StoredBytes } from '../bytes/byte-store.ts'
import { decode } from './bucket.ts'
import type { Bucket } from './bucket.ts'
import { toUnavailable } from './bucket-failure.ts'
import { findInside, findTexts } from './read-xml.ts'

interface Page {
  readonly objects: readonly StoredBytes[]
  readonly next: string | undefined
}

/** A thousand objects with the longest names that there are. */
const MAX_PAGE_BYTES = 4_000_000

/** Lists the objects whose names have a prefix, page by page, each by the rest of its name. */
export async function* listObjects(bucket: Bucket, prefix: string): AsyncGenerator<StoredBytes> {
  let token: string | undefined
  do {
    const { objects, next } = await readPage(bucket, prefix, token)
    yield* objects
    if (next !== undefined && next === token) throw toUnavailable('lists the same page again')
    token = next
  } while (token !== undefined)
}

async function readPage(bucket: Bucket, prefix: string, token: string | undefined): Promise<Page> {
  const { chunks } = await bucket.send({
    operation: 'list',
    method: 'GET',
    query: {
      ...(token !== undefined && { 'continuation-token': token }),
      'encoding-type': 'url',
      'list-type': '2',
      'max-keys': '1000',
      ...(prefix !== '' && { prefix }),
    },
    repeat: 'safe',
    maxBytes: MAX_PAGE_BYTES,
  })
  const xml = decode(chunks)
  if (!/<ListBucketResult[\s>]/.test(xml)) throw toUnavailable('did not answer a list')
  const isEncoded = findTexts(xml, 'EncodingType').includes('url')
  const objects = findInside(xml, 'Contents').map((object) => toStored(object, isEncoded))
  const isTruncated = findTexts(xml, 'IsTruncated').includes('true')
  const [next] = findTexts(xml, 'NextContinuationToken')
  if (isTruncated && !next) throw toUnavailable('did not say where its list goes on')
  return {
    objects: objects.map(({ key, ...rest }) => ({ key: key.slice(prefix.length), ...rest })),
    next: isTruncated ? next : undefined,
  }
}

function toStored(object: string, isEncoded: boolean): StoredBytes {
  const [name = ''] = findTexts(object, 'Key')
  const [size] = findTexts(object, 'Size')
  const [date = ''] = findTexts(object, 'LastModified')
  const [sizeBytes, storedAt] = [Number(size), Date.parse(date)]
  if (name === '' || !Number.isInteger(sizeBytes) || Number.isNaN(storedAt)) {
    throw toUnavailable('lists an object without name, size or date')
  }
  return { key: isEncoded ? decodeName(name) : name, sizeBytes, storedAt }
}

/** AWS writes a space as a plus sign. */
function decodeName(name: string): string {
  try {
    return decodeURIComponent(name.replaceAll('+', ' '))
  } catch {
    throw toUnavailable('lists an object whose name cannot be read')
  }
}
