import { createFailure } from '@lightfast/core'
import type { FailureCode, Image } from '@lightfast/core'
import { defaultSurroundings } from '../upload/surroundings.ts'
import type {
  TransferOptions,
  TransferResult,
  TransferTarget,
  UploadTransport,
} from '../upload/upload-transport.ts'

/** One step of a script. A script that ends without an outcome hangs until it is aborted. */
export type TransferStep =
  | { readonly type: 'wait'; readonly ms: number }
  /** `fraction` of the bytes have left, from 0 to 1. */
  | { readonly type: 'progress'; readonly fraction: number }
  /** With what our server answered; a host answers nothing of the kind. */
  | { readonly type: 'arrive'; readonly image?: Image }
  | {
      readonly type: 'fail'
      readonly code: FailureCode
      readonly cloudflareCode?: number
      readonly retryAfterMs?: number
    }

export interface ScriptedTransportOptions {
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>
}

export interface ScriptedTransport extends UploadTransport {
  /** Where the bytes were to go, in order. */
  readonly targets: readonly TransferTarget[]
}

/**
 * Makes a transport for stories and tests that plays one script per upload; the last one is played
 * again for all that follow.
 *
 * @example
 * createScriptedTransport([
 *   [{ type: 'progress', fraction: 0.6 }, { type: 'fail', code: 'transfer_interrupted' }],
 *   [{ type: 'arrive' }],
 * ])
 */
export function createScriptedTransport(
  scripts: readonly (readonly TransferStep[])[],
  options: ScriptedTransportOptions = {},
): ScriptedTransport {
  const { sleep = defaultSurroundings.sleep } = options
  const targets: TransferTarget[] = []
  let played = 0

  async function upload(file: Blob, transfer: TransferOptions): Promise<TransferResult> {
    const script = scripts[Math.min(played, scripts.length - 1)] ?? []
    played += 1
    targets.push(transfer.target)
    for (const step of script) {
      transfer.signal.throwIfAborted()
      if (step.type === 'wait') await sleep(step.ms, transfer.signal)
      else if (step.type === 'progress') transfer.onProgress(Math.round(step.fraction * file.size))
      else return toResult(step)
    }
    return untilAborted(transfer.signal)
  }

  return { upload, targets }
}

function toResult(step: Extract<TransferStep, { type: 'arrive' | 'fail' }>): TransferResult {
  if (step.type === 'arrive') return { status: 'arrived', image: step.image ?? null }
  const { code, cloudflareCode = null, retryAfterMs } = step
  const details = retryAfterMs === undefined ? {} : { retryAfterMs }
  const failure = createFailure(code, 'The script says so.', details)
  return { status: 'failed', failure, cloudflareCode }
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}
