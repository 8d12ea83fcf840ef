import { createFailure } from '@lightfast/core'
import type { FailureCode } from '@lightfast/core'
import { defaultSurroundings } from './surroundings.ts'
import { toTransferFailure } from './transfer-failure.ts'
import type { TransferOptions, TransferResult, UploadTransport } from './upload-transport.ts'

export interface XhrTransportOptions {
  /** Without any progress for so long the transfer counts as timed out. Default: 30 s. */
  readonly stallMs?: number
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>
}

const STALL_MS = 30_000

/** Makes the real transport: `XMLHttpRequest`, because `fetch` still tells no upload progress. */
export function createXhrTransport(options: XhrTransportOptions = {}): UploadTransport {
  const { stallMs = STALL_MS, sleep = defaultSurroundings.sleep } = options

  function upload(file: Blob, transfer: TransferOptions): Promise<TransferResult> {
    return new Promise((resolve, reject) => {
      const { signal, url, filename, onProgress } = transfer
      if (signal.aborted) return reject(signal.reason)
      const request = new XMLHttpRequest()
      const ended = new AbortController()
      const stall = watch({
        ms: stallMs,
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
      request.addEventListener('load', () => end(readReply(request)), untilEnd)
      request.addEventListener('error', () => end(toFailed('transfer_interrupted')), untilEnd)
      request.open('POST', url)
      request.send(toForm(file, filename))
    })
  }

  return { upload }
}

function readReply(request: XMLHttpRequest): TransferResult {
  return toTransferFailure(request.status, request.responseText) ?? { status: 'arrived' }
}

/** No other field, and no header of ours: the slot's URL is all that the host needs, and its CORS reply names no headers. */
function toForm(file: Blob, filename: string): FormData {
  const form = new FormData()
  form.append('file', file, filename)
  return form
}

/** The browser counts the multipart framing too. */
function toFileBytes({ loaded, total }: ProgressEvent, size: number): number {
  return total > 0 ? Math.round((Math.min(loaded, total) / total) * size) : 0
}

const messages = {
  transfer_timed_out: 'The upload made no progress for too long and was ended. Try again.',
  transfer_interrupted: 'The connection to the upload host broke. The file may not have arrived.',
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
