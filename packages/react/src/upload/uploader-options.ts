import { defaultFilePolicy } from '@lightfast/core'
import type { FilePolicy, Image } from '@lightfast/core'
import { createUploadClient } from '../client.ts'
import type { DraftStore } from '../drafts/draft-store.ts'
import { createIdbDrafts } from '../drafts/idb-drafts.ts'
import { createMemoryDrafts } from '../drafts/memory-drafts.ts'
import { toPickPolicy } from './before-upload.ts'
import type { BeforeUpload } from './before-upload.ts'
import { defaultSurroundings } from './surroundings.ts'
import type { UploadSurroundings } from './surroundings.ts'
import type { UploadTools } from './upload-task.ts'
import type { UploadTransport } from './upload-transport.ts'
import { createVerdicts } from './verdicts.ts'
import { createXhrTransport } from './xhr-transport.ts'

/** How an upload area is set up. All of it is read once, when the uploader is made. */
export interface UploaderOptions {
  /** Where the app mounts the routes, such as `/api/images`. */
  readonly endpoint: string
  /** What the app uses the images for, such as `photo`. */
  readonly kind: string
  /** Default: Cloudflare's own limits. */
  readonly policy?: FilePolicy | undefined
  /** Makes another file of what was picked, such as a smaller one: see `@lightfast/react/process`. */
  readonly beforeUpload?: BeforeUpload | undefined
  /** How many files the list may hold. Default: 10; `Infinity` for any number. */
  readonly maxFiles?: number | undefined
  /** How many files are under way at the same time; the others wait for their turn. Default: 3. */
  readonly concurrency?: number | undefined
  /** Who is signed in. Without it nothing is kept on the device, since nobody could tell whose it is. */
  readonly userKey?: string | undefined
  /** Tells apart the drafts of several upload areas. Default: `default`. */
  readonly instance?: string | undefined
  readonly onDone?: ((image: Image) => void) | undefined
  /** How long a finished item stays in the list. Default: 4000; null keeps it. */
  readonly doneMs?: number | null | undefined
  readonly transport?: UploadTransport | undefined
  readonly drafts?: DraftStore | undefined
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined
  readonly surroundings?: Partial<UploadSurroundings> | undefined
}

const DEFAULT_DONE_MS = 4000

/** Fills in what the options leave open. Nothing is opened or sent yet, so it is safe on a server. */
export function createUploadTools(options: UploaderOptions): UploadTools {
  const { endpoint, kind, policy = defaultFilePolicy, beforeUpload = null, fetch } = options
  const surroundings = { ...defaultSurroundings, ...options.surroundings }
  return {
    ...surroundings,
    verdicts: createVerdicts(endpoint, surroundings),
    client: createUploadClient({ endpoint, fetch }),
    transport: options.transport ?? createXhrTransport({ sleep: surroundings.sleep }),
    drafts: options.drafts ?? createDrafts(options, surroundings.now),
    policy,
    pickPolicy: toPickPolicy(policy, beforeUpload),
    beforeUpload,
    kind,
    doneMs: options.doneMs === undefined ? DEFAULT_DONE_MS : options.doneMs,
  }
}

function createDrafts({ userKey, instance }: UploaderOptions, now: () => number): DraftStore {
  if (userKey === undefined) return createMemoryDrafts({ now })
  return createIdbDrafts({ userKey, now, ...(instance === undefined ? {} : { instance }) })
}
