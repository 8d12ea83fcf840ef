import {
  imageListSchema,
  imageStates,
  isFailureCode,
  rungs,
  signedUrlSchema,
} from '@lightfast/core'
import type { FailureCode, Rung, ShareImage, SignedUrl } from '@lightfast/core'
import type { JobKind } from '@lightfast/server'
import * as v from 'valibot'

/** Whose eyes the page can be seen with. */
export const accounts = ['owner', 'free', 'premium', 'colleague', 'stranger', 'nobody'] as const

export type Account = (typeof accounts)[number]

/** The variant that the gallery shows. */
export const galleryVariant = 'lightfast-gallery'

export interface Visitor {
  /** Null: signed out. */
  readonly userId: string | null
  readonly account: Account
  readonly mode: 'cloudflare' | 'local'
}

export type Status = v.InferOutput<typeof statusSchema>

/** A job that was given up. */
export type DeadJob = v.InferOutput<typeof deadJobsSchema>['jobs'][number]

/** What must be done later, in the order in which it comes about. */
export const jobKinds = [
  'forward',
  'confirm',
  'close',
  'expire',
  'delete-remote',
  'drop-bytes',
  'reconcile',
  'thumbhash',
] as const satisfies readonly JobKind[]

/** Signs the visitor in and tells what kind of image host this demo has. */
export async function signIn(): Promise<Visitor> {
  const session = await request('/api/session', { method: 'POST' })
  const demo = await request('/api/demo')
  return v.parse(visitorSchema, { ...(await session.json()), ...(await demo.json()) })
}

/** Goes on as somebody else of the visitor's company. */
export async function switchTo(account: Account): Promise<void> {
  await write('PUT', '/api/session', { account })
}

/** Makes a link to a picture for whoever has it. */
export async function share(id: string, wanted: Omit<ShareImage, 'preset'>): Promise<SignedUrl> {
  const preset = 'lightfast-view'
  const reply = await write('POST', `/api/images/${id}/share`, { preset, ...wanted })
  const { url, expiresAt } = v.parse(signedUrlSchema, await reply.json())
  return { url: new URL(url, location.origin).href, expiresAt }
}

/** Reads the ids of the visitor's avatars, the newest first. */
export async function readAvatars(): Promise<readonly string[]> {
  const reply = await request('/api/images?state=ready&kind=avatar&owner=me')
  return v.parse(imageListSchema, await reply.json()).images.map(({ id }) => id)
}

/** Deletes one of the visitor's avatars, or all. */
export async function dropAvatars(id: string | null): Promise<void> {
  const ids = id === null ? await readAvatars() : [id]
  if (ids.length > 0) await write('POST', '/api/images/bulk', { action: 'delete', ids })
}

/** Reads which ways an upload may take. */
export async function readLadder(): Promise<readonly Rung[]> {
  const reply = await request('/api/ladder')
  return v.parse(ladderSchema, await reply.json()).rungs
}

/** Says which ways an upload may take from now on. */
export async function writeLadder(wanted: readonly Rung[]): Promise<void> {
  await write('PUT', '/api/ladder', { rungs: wanted })
}

/** Reads the first of the jobs that were given up, of everybody's uploads. */
export async function readDeadJobs(): Promise<readonly DeadJob[]> {
  const reply = await request('/api/images/jobs?state=dead&limit=5')
  return v.parse(deadJobsSchema, await reply.json()).jobs
}

/** Has a job that was given up tried again. */
export async function replayJob(key: string): Promise<void> {
  await write('POST', '/api/images/jobs/replay', { key })
}

/** Reads what the server knows at this moment: circuits, limits and retries, uploads and jobs. */
export async function readStatus(): Promise<Status> {
  const reply = await request('/api/status')
  return v.parse(statusSchema, await reply.json())
}

const visitorSchema = v.object({
  userId: v.nullable(v.string()),
  account: v.picklist(accounts),
  mode: v.picklist(['cloudflare', 'local']),
})
const ladderSchema = v.object({ rungs: v.array(v.picklist(rungs)) })
const code = v.nullable(
  v.custom<FailureCode>((input) => typeof input === 'string' && isFailureCode(input)),
)
const kind = v.picklist(jobKinds)
const deadJobsSchema = v.object({ jobs: v.array(v.object({ key: v.string(), kind, code })) })
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
  records: v.array(
    v.object({
      state: v.picklist(imageStates),
      stage: v.nullable(v.picklist(['check', 'provision', 'transfer', 'processing'])),
      code,
      count: v.number(),
      oldestAt: v.number(),
    }),
  ),
  jobs: v.array(
    v.object({
      kind,
      state: v.picklist(['queued', 'dead']),
      count: v.number(),
      oldestAt: v.number(),
    }),
  ),
  /** By the server's clock, as all of these are. */
  now: v.number(),
})

async function write(method: 'PUT' | 'POST', path: string, body: unknown): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  return request(path, { method, headers, body: JSON.stringify(body) })
}

async function request(path: string, init: RequestInit = {}): Promise<Response> {
  const reply = await fetch(path, { ...init, signal: AbortSignal.timeout(15_000) })
  if (!reply.ok) throw new Error(`${path} answered ${reply.status}.`)
  return reply
}
