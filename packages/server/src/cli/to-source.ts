import { createHash, randomUUID } from 'node:crypto'
import { openAsBlob } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { ImagesError } from '@lightfast/core'
import type { ByteStore } from '../bytes/byte-store.ts'
import type { ImportSource, OpenSource } from '../import/import-source.ts'
import { fetchPublic, toFetchFailure } from './fetch-public.ts'
import type { FetchPublicOptions } from './fetch-public.ts'
import { toWrong } from './list-sources.ts'
import type { Listed } from './list-sources.ts'

export interface SourceOptions extends FetchPublicOptions {
  /** Where what an address answers is kept while it is imported. */
  readonly bytes: ByteStore
}

/** Makes what was listed readable. */
export function toSource(listed: Listed, options: SourceOptions): ImportSource {
  if (listed.type === 'file') return toFileSource(listed)
  if (listed.type === 'address') return toAddressSource(listed.url, options)
  const { name, error } = listed
  const key = toKey('wrong', name)
  return { origin: 'file', name, filename: name, key, open: () => Promise.reject(error) }
}

function toFileSource({
  path,
  sizeBytes,
  at,
}: Extract<Listed, { readonly type: 'file' }>): ImportSource {
  return {
    origin: 'file',
    name: path,
    filename: toFilename(basename(path)),
    key: toKey('file', resolve(path), sizeBytes, at),
    open: (maxBytes) => openFile(path, maxBytes),
  }
}

/** The file is read from the disk, piece by piece, whenever it is asked for. */
async function openFile(path: string, maxBytes: number): Promise<OpenSource> {
  try {
    const { size } = await stat(path)
    if (size > maxBytes) throw toTooLarge(size, maxBytes)
    return { file: await openAsBlob(path), close: () => Promise.resolve() }
  } catch (error) {
    throw toWrong(error)
  }
}

function toTooLarge(actual: number, limit: number): ImagesError {
  const message = `The file has ${actual} bytes. The limit is ${limit}.`
  return new ImagesError('file_too_large', message, { measure: { actual, limit } })
}

function toAddressSource(url: string, options: SourceOptions): ImportSource {
  return {
    origin: 'address',
    name: toShown(url),
    filename: toFilename(lastSegment(url)),
    key: toKey('address', url),
    open: (maxBytes) => spool(url, maxBytes, options),
  }
}

/** An address is asked once; what it answers is read from where we keep bytes. Nothing of it stays there. */
async function spool(url: string, maxBytes: number, options: SourceOptions): Promise<OpenSource> {
  const { bytes } = options
  const key = randomUUID()
  const close = () => bytes.delete(key)
  try {
    const { body, signal } = await fetchPublic(url, options)
    await bytes.put(key, body, { maxBytes, signal })
    const file = await bytes.open(key)
    if (file) return { file, close }
    throw new ImagesError('bytes_missing', 'What was fetched is gone from LIGHTFAST_BYTES.')
  } catch (error) {
    await close().catch(() => undefined)
    throw toFetchFailure(error)
  }
}

/** Shows an address without what may be secret in it. */
function toShown(url: string): string {
  if (!URL.canParse(url)) return 'an address that cannot be read'
  const { protocol, host, pathname, search } = new URL(url)
  return `${protocol}//${host}${pathname}${search === '' ? '' : '?…'}`
}

function lastSegment(url: string): string {
  if (!URL.canParse(url)) return ''
  const segment = new URL(url).pathname.split('/').at(-1) ?? ''
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

const MAX_NAME_LENGTH = 255

function toFilename(name: string): string {
  return name.replaceAll(/[\p{Cc}/\\]/gu, '_').slice(-MAX_NAME_LENGTH) || 'image'
}

function toKey(...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url')
}
