import { createFailure } from '@lightfast/core'
import type { FailureCode } from '@lightfast/core'
import { defaultSurroundings } from '../upload/surroundings.ts'
import type {
  TransferOptions,
  TransferResult,
  UploadTransport,
} from '../upload/upload-transport.ts'

/** One step of a script. A script that ends without an outcome hangs until it is aborted. */
export type TransferStep =
  | { readonly type: 'wait'; readonly ms: number }
  /** `fraction` of the bytes have left, from 0 to 1. */
  | { readonly type: 'progress'; readonly fraction: number }
  | { readonly type: 'arrive' }
  | { readonly type: 'fail'; readonly code: FailureCode; readonly cloudflareCode?: number }

export interface ScriptedTransportOptions {
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>
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
): UploadTransport {
  const { sleep = defaultSurroundings.sleep } = options
  let played = 0

  async function upload(file: Blob, transfer: TransferOptions): Promise<TransferResult> {
    const script = scripts[Math.min(played, scripts.length - 1)] ?? []
    played += 1
    for (const step of script) {
      transfer.signal.throwIfAborted()
      if (step.type === 'wait') await sleep(step.ms, transfer.signal)
      else if (step.type === 'progress') transfer.onProgress(Math.round(step.fraction * file.size))
      else return toResult(step)
    }
    return untilAborted(transfer.signal)
  }

  return { upload }
}

function toResult(step: Extract<TransferStep, { type: 'arrive' | 'fail' }>): TransferResult {
  if (step.type === 'arrive') return { status: 'arrived' }
  const failure = createFailure(step.code, 'The script says so.')
  return { status: 'failed', failure, cloudflareCode: step.cloudflareCode ?? null }
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}
