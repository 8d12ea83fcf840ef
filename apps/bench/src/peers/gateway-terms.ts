/** One picture, one mark and one size, for everybody. */
import type { Hono } from 'hono'
import sharp from 'sharp'
import type { Rhythm, Subject } from '../timing/time-calls.ts'

export const WIDTH = 1600
export const QUALITY = 85
export const MARK = { width: 240, opacity: 0.7, inset: 24 }

/** Each call draws a picture, which takes long. */
export const drawnRhythm: Rhythm = { warmUpMs: 800, batches: 8, batchMs: 0, minCalls: 5 }

/** Each call copies a picture twice, which a busy machine disturbs: many batches, so that some are quiet. */
export const cachedRhythm: Rhythm = { warmUpMs: 800, batches: 80, batchMs: 12, minCalls: 20 }

/** As a camera makes it: something everywhere. */
export function makePhoto(): Promise<Buffer> {
  const [width, height] = [2400, 1600]
  const data = Buffer.alloc(3 * width * height)
  for (let at = 0; at < data.length; at += 1) data[at] = (at * 7919 + ((at * at) % 251)) % 256
  return sharp(data, { raw: { width, height, channels: 3 } })
    .blur(3)
    .jpeg({ quality: 90 })
    .toBuffer()
}

export function makeLogo(): Promise<Buffer> {
  const create = { width: 480, height: 160, channels: 4 as const, background: '#ffffff' }
  return sharp({ create }).png().toBuffer()
}

/** Makes a subject of a GET whose whole answer is read, without a network. */
export function createGet(app: Pick<Hono, 'fetch'>, path: string): Subject {
  const url = new URL(path, 'http://bench.local').href
  return {
    async call() {
      const response = await app.fetch(new Request(url))
      const { byteLength } = await response.arrayBuffer()
      if (response.status !== 200 || byteLength < 1000) throw new Error('That was no picture.')
    },
  }
}
