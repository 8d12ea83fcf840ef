import { ImagesError } from '@lightfast/core'
import { checkNumber, duration } from '../read-config.ts'
import type { Surroundings } from '../surroundings.ts'
import { settleWithin } from '../resilience/settle-within.ts'

export interface ReceiveOptions {
  /** What was announced. */
  readonly sizeBytes: number
  /** How long the sender may be silent while it is waited for. */
  readonly idleMs: number
  /** How long the whole body may take. */
  readonly withinMs: number
  readonly schedule: Surroundings['schedule']
  readonly signal?: AbortSignal
}

/**
 * Passes on a body that a browser sends to us, as it is asked for, and holds it to what was announced. The stream fails with
 * `transfer_timed_out` if nothing came for `idleMs` or not all within `withinMs`, `transfer_interrupted` if the body broke off or ended too early,
 * `invalid_request` if it is longer, and the reason of the signal if that aborts. Then, or if nobody wants it any
 * more, the body is cancelled.
 */
export function receiveBody(
  body: ReadableStream<Uint8Array>,
  { sizeBytes, idleMs, withinMs, schedule, signal }: ReceiveOptions,
): ReadableStream<Uint8Array> {
  checkNumber('sizeBytes', sizeBytes, { min: 0, max: Number.MAX_SAFE_INTEGER, whole: true })
  checkNumber('idleMs', idleMs, duration)
  checkNumber('withinMs', withinMs, duration)
  const reader = body.getReader()
  let receivedBytes = 0
  // Only what is asked for is read, so a slow reader slows the sender, and is not taken for a silent one.
  return new ReadableStream({ start, pull, cancel }, { highWaterMark: 0 })

  function start(controller: ReadableStreamDefaultController<Uint8Array>): void {
    const leave = (): void => give(controller, signal?.reason)
    if (signal?.aborted) return leave()
    signal?.addEventListener('abort', leave, { once: true })
    const forgetTime = schedule(() => give(controller, toSlow(withinMs)), withinMs)
    const forget = (): void => {
      forgetTime()
      signal?.removeEventListener('abort', leave)
    }
    reader.closed.then(forget, forget)
  }

  async function pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    try {
      const { done, value } = await readInTime()
      receivedBytes += value?.byteLength ?? 0
      if (receivedBytes > sizeBytes || (done && receivedBytes < sizeBytes)) throw toWrongSize()
      if (done) controller.close()
      else controller.enqueue(value)
    } catch (error) {
      give(controller, error)
    }
  }

  function readInTime(): Promise<ReadableStreamReadResult<Uint8Array>> {
    const onTime = (_: unknown, reject: (reason: unknown) => void) => reject(toSilent(idleMs))
    return settleWithin({ schedule, ms: idleMs, signal, onTime }, (resolve, reject) => {
      reader.read().then(resolve, (cause: unknown) => reject(toBrokenOff(cause)))
    })
  }

  function toWrongSize(): ImagesError {
    return receivedBytes > sizeBytes ? toTooLong(sizeBytes) : toTooShort(receivedBytes, sizeBytes)
  }

  function give(controller: ReadableStreamDefaultController<Uint8Array>, error: unknown): void {
    controller.error(error)
    cancel(error)
  }

  function cancel(reason: unknown): void {
    reader.cancel(reason).catch(ignore)
  }
}

function toSilent(idleMs: number): ImagesError {
  return new ImagesError('transfer_timed_out', `No byte of the body came for ${idleMs} ms.`)
}

function toSlow(withinMs: number): ImagesError {
  return new ImagesError('transfer_timed_out', `The body took more than ${withinMs} ms.`)
}

function toBrokenOff(cause: unknown): ImagesError {
  return new ImagesError('transfer_interrupted', 'The body broke off.', { cause })
}

function toTooShort(received: number, announced: number): ImagesError {
  const message = `The body ended after ${received} bytes, and ${announced} were announced.`
  return new ImagesError('transfer_interrupted', message)
}

function toTooLong(announced: number): ImagesError {
  const message = `The body has more than the ${announced} bytes that were announced.`
  return new ImagesError('invalid_request', message, { stage: 'transfer', field: 'content-length' })
}

/** The body has failed or ended before: either way it is closed. */
function ignore(): void {}
