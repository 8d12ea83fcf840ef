import { defaultFilePolicy } from '@lightfast/core'
import type { StartUpload, UploadWay } from '@lightfast/core'
import { createEmulator, localAccount } from '@lightfast/emulator'
import type { Emulator, EmulatorOptions } from '@lightfast/emulator'
import { createMemoryByteStore } from '../bytes/memory-byte-store.ts'
import type { ByteStore } from '../bytes/byte-store.ts'
import { createImagesClient } from '../client/create-images-client.ts'
import type { ImagesClient } from '../client/create-images-client.ts'
import { importSigningKey } from '../delivery/signing-key.ts'
import { createJobRunner } from '../jobs/create-job-runner.ts'
import type { JobRunner } from '../jobs/create-job-runner.ts'
import { createMemoryStore } from '../stores/memory/create-memory-store.ts'
import { createUploads } from '../uploads/create-uploads.ts'
import type { Uploads, UploadsOptions } from '../uploads/create-uploads.ts'
import type { ImagesStore } from '../uploads/store.ts'
import { silent } from './silent.ts'

/** An app with everything in memory, on a clock that stands still until it is moved. */
export interface TestUploads {
  readonly emulator: Emulator
  readonly client: ImagesClient
  readonly store: ImagesStore
  readonly bytes: ByteStore
  readonly uploads: Uploads
  readonly runner: JobRunner
  readonly now: () => number
  /** Moves the clock on, and does what is due by then, hour for hour. */
  readonly pass: (ms: number) => Promise<void>
  /** Runs once before the next call whose path fits reaches Cloudflare. */
  readonly once: (path: RegExp, work: () => Promise<unknown>) => void
  /** The ids of the images at Cloudflare, drafts apart. */
  readonly images: () => Promise<readonly string[]>
  /** The keys of the bytes that are kept. */
  readonly kept: () => Promise<readonly string[]>
}

export interface OpenUploads extends Partial<UploadsOptions> {
  readonly emulated?: EmulatorOptions
}

const STEP_MS = 5000

const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='

/** One pixel, whole: our own rules and Cloudflare's take it. */
export const png: Uint8Array<ArrayBuffer> = Uint8Array.from(atob(PNG), (char) => char.charCodeAt(0))

export const ada = { id: 'ada' }

export async function openUploads({
  emulated = {},
  ...options
}: OpenUploads = {}): Promise<TestUploads> {
  let time = Date.parse('2026-11-22T12:00:00Z')
  const now = (): number => time
  const surroundings = { now, monotonic: now, random: () => 0.5, schedule: skipTime }
  const emulator = createEmulator({ now, rateLimit: 'off', ...emulated })
  const store = options.store ?? createMemoryStore({ now })
  const bytes = options.bytes ?? createMemoryByteStore({ now })
  let meanwhile: { readonly path: RegExp; readonly work: () => Promise<unknown> } | undefined
  const client = createImagesClient({
    accountId: localAccount.accountId,
    apiToken: localAccount.writeToken,
    batch: 'off',
    fetch: send,
    ...surroundings,
    logger: silent,
    retry: { baseMs: 1, capMs: 1 },
  })
  const uploads = createUploads({
    client,
    store,
    bytes,
    kinds: { photo: defaultFilePolicy },
    accountHash: localAccount.accountHash,
    signingKey: await importSigningKey(localAccount.signingKey),
    variants: ['public'],
    now,
    schedule: () => () => undefined,
    ...options,
  })
  const runner = createJobRunner({
    store: store.jobs,
    handlers: uploads.jobs,
    client,
    surroundings: { ...surroundings, schedule: () => () => undefined },
    logger: { ...silent, info: () => undefined, warn: () => undefined },
  })
  return { emulator, client, store, bytes, uploads, runner, now, pass, once, images, kept }

  async function send(request: Request): Promise<Response> {
    const due = meanwhile?.path.test(new URL(request.url).pathname) ? meanwhile : undefined
    if (due) meanwhile = undefined
    await due?.work()
    return emulator.fetch(request)
  }

  /** Pauses between retries pass at once, and the clock with them; a time-out never comes. */
  function skipTime(run: () => void, ms: number): () => void {
    if (ms < 1000) queueMicrotask(run)
    time += ms < 1000 ? ms : 0
    return () => undefined
  }

  async function pass(ms: number): Promise<void> {
    const end = time + ms
    await runner.drain()
    while (time < end) {
      // What is due and is not done waits for Cloudflare.
      const next = (await store.jobs.nextAt()) ?? end
      time = Math.min(end, next > time ? next : time + STEP_MS)
      await runner.drain()
    }
  }

  function once(path: RegExp, work: () => Promise<unknown>): void {
    meanwhile = { path, work }
  }

  async function images(): Promise<readonly string[]> {
    const ids: string[] = []
    for await (const { id } of client.images.list()) ids.push(id)
    return ids
  }

  async function kept(): Promise<readonly string[]> {
    const keys: string[] = []
    for await (const { key } of bytes.list()) keys.push(key)
    return keys
  }
}

export function makeRequest(changes: Partial<StartUpload> = {}): StartUpload {
  return {
    uploadId: crypto.randomUUID(),
    kind: 'photo',
    filename: 'red.png',
    contentType: 'image/png',
    sizeBytes: png.length,
    width: 1,
    height: 1,
    ...changes,
  }
}

/** Does what a browser does on the rung `direct`. */
export async function post(
  emulator: Emulator,
  way: UploadWay | null,
  file = png,
): Promise<Response> {
  if (way?.rung !== 'direct') throw new Error('There is no slot.')
  const form = new FormData()
  form.set('file', new File([file], 'red.png', { type: 'image/png' }))
  return emulator.fetch(new Request(way.url, { method: 'POST', body: form }))
}

export function toStream(...chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
      controller.close()
    },
  })
}
