import { createFailure, rungs, startUploadSchema } from '@lightfast/core'
import type { Rung, StartedUpload, UploadWay } from '@lightfast/core'
import { parse } from 'valibot'
import { toTransferResult } from '../upload/xhr-transport.ts'
import { defaultSurroundings } from '../upload/surroundings.ts'
import type {
  TransferOptions,
  TransferResult,
  UploadTransport,
} from '../upload/upload-transport.ts'
import { createScriptedRecords } from './scripted-records.ts'
import { countDown, receive } from './scripted-bytes.ts'
import type { Script } from './script.ts'
import { toProblem } from './to-problem.ts'

/** Where a scripted server lets the bytes be sent, in place of Cloudflare's upload host. */
export const SCRIPTED_UPLOAD_ORIGIN = 'https://upload.lightfast.test'

export interface ScriptedServerOptions {
  readonly now?: () => number
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>
}

/** Our server and Cloudflare's upload host in one, as an uploader meets them. */
export interface ScriptedServer {
  /** Answers whatever an uploader asks, wherever the routes are mounted. Throws where nothing gets through. */
  readonly fetch: (request: Request) => Promise<Response>
  /** The same for the bytes, with progress, where nothing listens for real requests. */
  readonly transport: UploadTransport
  /** Lets something else go wrong from now on, or nothing: what happened stays. */
  readonly play: (script: Script) => void
  /** What was asked, in order: method and path. */
  readonly requests: readonly string[]
}

type OnProgress = TransferOptions['onProgress']

/**
 * Makes a server that follows a script, for tests and stories of an app.
 *
 * @example
 * const server = createScriptedServer(failTransfer({ at: 0.6, times: 1 }))
 * useImageUpload({ endpoint: '/api/images', kind: 'photo', fetch: server.fetch, transport: server.transport })
 */
export function createScriptedServer(
  script: Script = {},
  options: ScriptedServerOptions = {},
): ScriptedServer {
  const { now = defaultSurroundings.now, sleep = defaultSurroundings.sleep } = options
  const records = createScriptedRecords(now)
  const requests: string[] = []
  let playing = countDown(script)

  async function answer(request: Request, onProgress: OnProgress): Promise<Response> {
    const { signal, method, url } = request
    const { pathname, origin } = new URL(url)
    requests.push(`${method} ${pathname}`)
    signal.throwIfAborted()
    if (playing.script.network === 'offline') throw new TypeError('Failed to fetch')
    const { id, action } = toRoute(pathname, origin)
    if (action === 'bytes' || action === 'host') return takeBytes(request, id, onProgress)
    await sleep(playing.script.delayMs ?? 0, signal)
    if (method === 'DELETE') return remove(id)
    return id === '' ? start(request) : tell(id)
  }

  async function start(request: Request): Promise<Response> {
    const upload = parse(startUploadSchema, await request.json())
    const { provision, rung = 'direct' } = playing.script
    if (provision !== undefined && playing.provision()) return toProblem(provision.failure)
    const image = records.open(upload, rung)
    const known = records.find(image.id, playing.script.verdict) ?? image
    const way = known.state === 'pending' ? toWay(rung, image.id, requests.length) : null
    return Response.json({ image: known, way, rungs } satisfies StartedUpload)
  }

  function tell(id: string, status = 200): Response {
    const image = records.find(id, playing.script.verdict)
    if (image === null) return toProblem(createFailure('not_found', 'There is no such image.'))
    return Response.json({ image }, { status })
  }

  function remove(id: string): Response {
    records.remove(id)
    return new Response(null, { status: 204 })
  }

  async function takeBytes(
    request: Request,
    id: string,
    onProgress: OnProgress,
  ): Promise<Response> {
    const { size } = await request.blob()
    const { transfer, bytesPerSecond } = playing.script
    const stopped = transfer !== undefined && playing.transfer() ? transfer : null
    const pace = { bytes: size, at: stopped?.at ?? 1, bytesPerSecond, sleep, onProgress }
    await receive(pace, request.signal)
    if (stopped !== null) return toBroken(stopped.cloudflareCode)
    records.arrive(id)
    if (request.method === 'PUT') return tell(id, 202)
    return Response.json({ success: true, errors: [], messages: [], result: { id } })
  }

  async function upload(file: Blob, transfer: TransferOptions): Promise<TransferResult> {
    const { target, signal, onProgress } = transfer
    const method = target.to === 'host' ? 'POST' : 'PUT'
    // A relative address means nothing outside a page.
    const url = new URL(target.url, SCRIPTED_UPLOAD_ORIGIN)
    try {
      const request = new Request(url, { method, body: file, signal })
      const response = await answer(request, onProgress)
      const text = await response.text()
      return toTransferResult({ status: response.status, text, retryAfter: null }, target.to)
    } catch {
      if (signal.aborted) throw signal.reason
      const failure = createFailure('transfer_interrupted', 'The script says so.')
      return { status: 'failed', failure, cloudflareCode: null }
    }
  }

  return {
    fetch: (request) => answer(request, () => undefined),
    transport: { upload },
    play: (next) => {
      playing = countDown(next)
    },
    requests,
  }
}

type Action = 'host' | 'bytes' | 'other'

function toRoute(
  pathname: string,
  origin: string,
): { readonly id: string; readonly action: Action } {
  const [, id = '', action] = /\/uploads(?:\/([^/]+)(?:\/(\w+))?)?$/u.exec(pathname) ?? []
  if (id !== '') return { id, action: action === 'bytes' ? 'bytes' : 'other' }
  const last = pathname.slice(pathname.lastIndexOf('/') + 1)
  if (origin === SCRIPTED_UPLOAD_ORIGIN) return { id: last, action: 'host' }
  return { id: last === 'uploads' ? '' : last, action: 'other' }
}

function toWay(rung: Rung, id: string, count: number): UploadWay {
  const attemptId = `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`
  if (rung !== 'direct') return { rung, attemptId }
  return { rung, attemptId, url: `${SCRIPTED_UPLOAD_ORIGIN}/${id}`, expiresAt: 9_999_999_999_999 }
}

/** A broken connection is what `fetch` throws. */
function toBroken(cloudflareCode: number | null): Response {
  if (cloudflareCode === null) throw new TypeError('The connection broke.')
  const errors = [{ code: cloudflareCode, message: 'The script says so.' }]
  return Response.json({ success: false, errors, messages: [], result: null }, { status: 400 })
}
