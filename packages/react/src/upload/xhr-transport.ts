import { createFailure } from '@lightfast/core'
import type { FailureCode } from '@lightfast/core'
import { toFailure } from '../call-server.ts'
import { readReply } from '../read-reply.ts'
import type { ServerReply } from '../read-reply.ts'
import { isImageReply } from '../reply-shapes.ts'
import { defaultSurroundings } from './surroundings.ts'
import { toTransferFailure } from './transfer-failure.ts'
import type {
  TransferOptions,
  TransferResult,
  TransferTarget,
  UploadTransport,
} from './upload-transport.ts'

export interface XhrTransportOptions {
  /** Without any progress for so long the transfer counts as timed out; to our server twice as long. Default: 30 s. */
  readonly stallMs?: number
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>
}

const STALL_MS = 30_000
/** Our server may send the bytes on before it answers. */
const SERVER_PATIENCE = 2

/** Makes the real transport: `XMLHttpRequest`, because `fetch` still tells no upload progress. */
export function createXhrTransport(options: XhrTransportOptions = {}): UploadTransport {
  const { stallMs = STALL_MS, sleep = defaultSurroundings.sleep } = options

  function upload(file: Blob, transfer: TransferOptions): Promise<TransferResult> {
    return new Promise((resolve, reject) => {
      const { signal, target, onProgress } = transfer
      if (signal.aborted) return reject(signal.reason)
      const request = new XMLHttpRequest()
      const ended = new AbortController()
      const stall = watch({
        ms: target.to === 'host' ? stallMs : SERVER_PATIENCE * stallMs,
        sleep,
        onStall: () => end(toFailed('transfer_timed_out')),
      })

      function end(result: TransferResult | null): void {
        ended.abort()
        stall.stop()
        request.abort()
        if (result === null) reject(signal.reason)
        else resolve(result)
      }
      function progress(event: ProgressEvent): void {
        stall.restart()
        onProgress(toFileBytes(event, file.size))
      }

      const untilEnd = { signal: ended.signal }
      signal.addEventListener('abort', () => end(null), untilEnd)
      request.upload.addEventListener('progress', progress, untilEnd)
      request.addEventListener('load', () => end(toResult(request, target)), untilEnd)
      request.addEventListener('error', () => end(toFailed('transfer_interrupted')), untilEnd)
      send(request, file, transfer)
    })
  }

  return { upload }
}

function send(request: XMLHttpRequest, file: Blob, { target, filename }: TransferOptions): void {
  request.open(target.to === 'host' ? 'POST' : 'PUT', target.url)
  if (target.to === 'host') return request.send(toForm(file, filename))
  request.setRequestHeader('accept', 'application/json, application/problem+json')
  request.setRequestHeader('content-type', file.type)
  request.send(file)
}

/** No other field, and no header of ours: the slot's URL is all that the host needs, and its CORS reply names no headers. */
function toForm(file: Blob, filename: string): FormData {
  const form = new FormData()
  form.append('file', file, filename)
  return form
}

function toResult(request: XMLHttpRequest, { to }: TransferTarget): TransferResult {
  const { status, responseText: text } = request
  // To ask another origin for a header that it does not show is an error in the browser's console.
  const retryAfter = to === 'server' ? request.getResponseHeader('retry-after') : null
  return toTransferResult({ status, text, retryAfter }, to)
}

/** Reads what was answered to the bytes. */
export function toTransferResult(reply: ServerReply, to: TransferTarget['to']): TransferResult {
  const { status, text } = reply
  if (to === 'host') return toTransferFailure(status, text) ?? { status: 'arrived', image: null }
  try {
    return { status: 'arrived', image: readReply(reply, isImageReply).image }
  } catch (error) {
    return { status: 'failed', failure: toFailure(error), cloudflareCode: null }
  }
}

/** The browser counts the multipart framing too. */
function toFileBytes({ loaded, total }: ProgressEvent, size: number): number {
  return total > 0 ? Math.round((Math.min(loaded, total) / total) * size) : 0
}

const messages = {
  transfer_timed_out: 'The upload made no progress for too long and was ended. Try again.',
  transfer_interrupted: 'The connection broke. The file may not have arrived.',
} satisfies Partial<Record<FailureCode, string>>

function toFailed(code: keyof typeof messages): TransferResult {
  return { status: 'failed', failure: createFailure(code, messages[code]), cloudflareCode: null }
}

interface WatchOptions {
  readonly ms: number
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
  readonly onStall: () => void
}

/** Calls `onStall` once nothing has restarted it for `ms`. Begins at once. */
function watch({ ms, sleep, onStall }: WatchOptions): { restart: () => void; stop: () => void } {
  let waiting = begin()

  function begin(): AbortController {
    const controller = new AbortController()
    sleep(ms, controller.signal).then(onStall, () => undefined)
    return controller
  }
  return {
    restart() {
      waiting.abort()
      waiting = begin()
    },
    stop: () => waiting.abort(),
  }
}
