/** Makes the files of a run: real pictures without a picture library, each of them different, each the same again for its seed. */
import { createHash } from 'node:crypto'
import { crc32, deflateSync } from 'node:zlib'
import type { FileKind } from './file-kinds.ts'
import type { UploadPlan } from './plan.ts'

export interface MadeFile {
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array<ArrayBuffer>
  /** What is sent in place of them by a browser that does not do what it says. */
  readonly sent: Uint8Array<ArrayBuffer>
  /** Of what is sent, in hexadecimal digits. */
  readonly sha256: string
}

/** Stands before the kind of a file, within the file: by it the host knows what it has to refuse. */
export const MARK = 'lightfast-chaos:'

/** Makes the file of one upload. */
export function makeFile({ seed, index, file, sizeBytes }: UploadPlan): MadeFile {
  const noise = makeNoise(`${seed}/file/${index}`, sizeBytes)
  const mark = Buffer.from(`${MARK}${file}:`, 'latin1')
  const bytes = makeBytes(file, Buffer.concat([mark, noise]))
  const sent = file === 'forged' ? forge(bytes) : bytes
  const { name, type } = facts(file)
  return { name: `${index}.${name}`, type, bytes, sent, sha256: hash(sent) }
}

/** The SHA-256 of a file, in hexadecimal digits. */
export function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function facts(kind: FileKind): { readonly name: string; readonly type: string } {
  if (kind === 'jpeg') return { name: 'jpg', type: 'image/jpeg' }
  if (kind === 'avif') return { name: 'avif', type: 'image/avif' }
  return { name: 'png', type: 'image/png' }
}

function makeNoise(words: string, length: number): Buffer {
  return createHash('shake256', { outputLength: length }).update(words).digest()
}

function makeBytes(kind: FileKind, content: Buffer): Uint8Array<ArrayBuffer> {
  if (kind === 'jpeg') return makeJpeg(content)
  if (kind === 'avif') return makeAvif(content)
  if (kind === 'text') return new Uint8Array(content)
  return makePng(content, kind === 'vast' ? 11_000 : 1)
}

/** As long as what was announced, and no picture. */
function forge(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const forged = new Uint8Array(bytes)
  forged.set(Buffer.from('%PDF-1.7'), 0)
  return forged
}

const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')

/** One grey pixel, or, only by its header, a square of so many; what makes it different is in a private chunk. */
function makePng(content: Buffer, side: number): Uint8Array<ArrayBuffer> {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header[8] = 8
  const pixels = deflateSync(Buffer.from([0, content[0] ?? 0]))
  return join([
    PNG_SIGNATURE,
    toChunk('IHDR', header),
    toChunk('prVt', content),
    toChunk('IDAT', pixels),
    toChunk('IEND', Buffer.alloc(0)),
  ])
}

function toChunk(name: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), content])
  return Buffer.concat([toU32(content.length), named, toU32(crc32(named))])
}

/** A whole JPEG of one pixel. What makes it different stands in comments, behind the first two bytes. */
const JPEG = Buffer.from(
  '/9j/4AAQSkZJRgABAQEAYABgAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQEw8QEBD/yQALCAABAAEBAREA/8wABgAQEAX/2gAIAQEAAD8A0s8g/9k=',
  'base64',
)
const MAX_COMMENT_BYTES = 65_533

function makeJpeg(content: Buffer): Uint8Array<ArrayBuffer> {
  const comments: Buffer[] = []
  for (let at = 0; at < content.length; at += MAX_COMMENT_BYTES) {
    const comment = content.subarray(at, at + MAX_COMMENT_BYTES)
    const length = Buffer.alloc(2)
    length.writeUInt16BE(comment.length + 2)
    comments.push(Buffer.from([0xff, 0xfe]), length, comment)
  }
  return join([JPEG.subarray(0, 2), ...comments, JPEG.subarray(2)])
}

/** The boxes in which an AVIF tells its size, and the rest where its picture would be. */
function makeAvif(content: Buffer): Uint8Array<ArrayBuffer> {
  const size = toBox('ispe', Buffer.concat([toU32(0), toU32(1), toU32(1)]))
  const meta = toBox('meta', Buffer.concat([toU32(0), toBox('iprp', toBox('ipco', size))]))
  const brands = Buffer.concat([Buffer.from('avif'), toU32(0), Buffer.from('avifmif1')])
  return join([toBox('ftyp', brands), meta, toBox('mdat', content)])
}

function toBox(name: string, content: Buffer): Buffer {
  return Buffer.concat([toU32(8 + content.length), Buffer.from(name, 'latin1'), content])
}

function toU32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat(parts))
}
