import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { Rendition } from '../delivery/rendition-cache.ts'
import * as v from 'valibot'

/** A file of a rendition: a line of JSON that says what follows, then the bytes. */

const KEPT = /^[\da-f]{64}\.rendition$/
const PART = /^\.[\da-f]{64}\.rendition\.[\da-f-]{36}\.part$/
const NEW_LINE = 0x0a
const MAX_HEAD_BYTES = 8192

const headSchema = v.strictObject({
  lightfast: v.literal(1),
  key: v.string(),
  contentType: v.string(),
  storedAt: v.number(),
  sizeBytes: v.number(),
  /** What a power cut may leave of a file that was renamed already would else pass for a picture. */
  check: v.number(),
})

/** Makes the name of a file of any key: it says nothing of it. */
export function toFileName(key: string): string {
  return `${createHash('sha256').update(key).digest('hex')}.rendition`
}

export const isKeptName = (name: string): boolean => KEPT.test(name)

/** Asks whether a name is one of a file that is being written, or was. */
export const isPartName = (name: string): boolean => PART.test(name)

export function writeRendition(key: string, { bytes, contentType, storedAt }: Rendition): Buffer {
  const facts = { sizeBytes: bytes.byteLength, check: crc32(bytes) }
  const head = { lightfast: 1, key, contentType, storedAt, ...facts } satisfies v.InferInput<
    typeof headSchema
  >
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), bytes])
}

/** Undefined for whatever is not what was written under that key, whole. */
export function readRendition(key: string, content: Buffer): Rendition | undefined {
  const end = content.subarray(0, MAX_HEAD_BYTES).indexOf(NEW_LINE)
  const head = end === -1 ? undefined : parseHead(content.toString('utf8', 0, end))
  if (!head || head.key !== key) return undefined
  const bytes = new Uint8Array(content.subarray(end + 1))
  if (bytes.byteLength !== head.sizeBytes || crc32(bytes) !== head.check) return undefined
  return { bytes, contentType: head.contentType, storedAt: head.storedAt }
}

function parseHead(text: string): v.InferOutput<typeof headSchema> | undefined {
  try {
    const { success, output } = v.safeParse(headSchema, JSON.parse(text))
    return success ? output : undefined
  } catch {
    return undefined
  }
}
