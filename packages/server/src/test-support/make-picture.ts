import { crc32, deflateSync } from 'node:zlib'

/** Draws one pixel into a whole PNG whose bytes are like no other's. */
export function makePicture(words: string): Uint8Array<ArrayBuffer> {
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0])
  const chunks = [
    toChunk('IHDR', header),
    toChunk('tEXt', Buffer.from(`Comment\0${words}`)),
    toChunk('IDAT', deflateSync(Buffer.from([0, 200, 30, 30, 255]))),
    toChunk('IEND', Buffer.alloc(0)),
  ]
  return new Uint8Array(Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...chunks]))
}

function toChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}
