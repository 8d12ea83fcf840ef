import { imageListSchema } from '@lightfast/core'
import type { Image } from '@lightfast/core'
import * as v from 'valibot'

export interface Visitor {
  readonly userId: string
  readonly mode: 'cloudflare' | 'local'
}

export type Status = v.InferOutput<typeof statusSchema>

/** Signs the visitor in and tells what kind of image host this demo has. */
export async function signIn(): Promise<Visitor> {
  const session = await request('/api/session', { method: 'POST' })
  const demo = await request('/api/demo')
  return v.parse(visitorSchema, { ...(await session.json()), ...(await demo.json()) })
}

/** Reads the pictures that are ready, with signed URLs for the gallery. */
export async function readGallery(): Promise<readonly Image[]> {
  const reply = await request('/api/images?state=ready&variant=lightfast-gallery&limit=60')
  return v.parse(imageListSchema, await reply.json()).images
}

/** Reads the signed URL of the visitor's avatar; null if none was chosen. */
export async function readAvatar(): Promise<string | null> {
  const reply = await request('/api/avatar')
  return v.parse(avatarSchema, await reply.json()).url
}

/** Makes one of the visitor's pictures the avatar. */
export async function chooseAvatar(imageId: string): Promise<void> {
  await request('/api/avatar', {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ imageId }),
  })
}

/** Reads what the server's client of Cloudflare knows of circuits, limits and retries at this moment. */
export async function readStatus(): Promise<Status> {
  const reply = await request('/api/status')
  return v.parse(statusSchema, await reply.json())
}

const visitorSchema = v.object({ userId: v.string(), mode: v.picklist(['cloudflare', 'local']) })
const avatarSchema = v.object({ url: v.nullable(v.string()) })
const circuit = {
  status: v.picklist(['closed', 'open', 'probing', 'isolated', 'disabled']),
  retryAfterMs: v.number(),
  trips: v.number(),
}
const statusSchema = v.object({
  circuits: v.array(
    v.object({
      ...circuit,
      circuit: v.picklist(['read', 'write', 'batch']),
      calls: v.number(),
      failures: v.number(),
      slow: v.number(),
      active: v.number(),
      waiting: v.number(),
    }),
  ),
  uploadHost: v.object(circuit),
  gates: v.array(v.object({ gate: v.picklist(['api', 'batch']), closedMs: v.number() })),
  budget: v.object({ tokens: v.number(), of: v.number() }),
})

async function request(path: string, init: RequestInit = {}): Promise<Response> {
  const reply = await fetch(path, { ...init, signal: AbortSignal.timeout(15_000) })
  if (!reply.ok) throw new Error(`${path} answered ${reply.status}.`)
  return reply
}
