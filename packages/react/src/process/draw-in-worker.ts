import { defaultSurroundings } from '../upload/surroundings.ts'
import { draw } from './draw.ts'
import type { Draw, DrawOrder } from './draw.ts'
import type { FromWorker, ToWorker } from './worker-messages.ts'

export interface WorkerDrawOptions {
  /** Starts the worker. Default: from its own file, as bundlers find it. */
  readonly makeWorker?: (() => Worker) | undefined
  /** How long a worker without work is kept. Default: 10 s. */
  readonly idleMs?: number | undefined
  readonly sleep?: ((ms: number, signal: AbortSignal) => Promise<void>) | undefined
}

const IDLE_MS = 10_000

/**
 * Makes a `Draw` that works in one worker, one picture after the other, since each needs the memory of all
 * its pixels. Where there can be no worker it draws on the page's own thread, from then on.
 */
export function createWorkerDraw(options: WorkerDrawOptions = {}): Draw {
  const { makeWorker = startWorker, idleMs = IDLE_MS, sleep = defaultSurroundings.sleep } = options
  let worker: Worker | null = null
  let forbidden = false
  let line: Promise<unknown> = Promise.resolve()
  let resting = new AbortController()
  let count = 0

  async function drawNext(...[source, order, signal]: Parameters<Draw>): Promise<Blob> {
    signal.throwIfAborted()
    const reply = await askWorker(source, order, signal)
    if (reply === null) return draw(source, order, signal)
    if (reply.status === 'drawn') return reply.blob
    throw new Error(reply.message)
  }

  /** Null where no worker draws. */
  async function askWorker(
    source: Blob | ImageBitmap,
    order: DrawOrder,
    signal: AbortSignal,
  ): Promise<Exclude<FromWorker, { status: 'unable' }> | null> {
    resting.abort()
    worker ??= forbidden ? null : tryTo(makeWorker)
    if (worker === null) return forbid()
    count += 1
    const reply = await ask(worker, { type: 'draw', id: count, source, order }, signal)
    return reply === null || reply.status === 'unable' ? forbid() : reply
  }

  function forbid(): null {
    forbidden = true
    end()
    return null
  }

  function end(): void {
    worker?.terminate()
    worker = null
  }

  function rest(): void {
    resting.abort()
    resting = new AbortController()
    sleep(idleMs, resting.signal).then(end, () => undefined)
  }

  return function drawInWorker(...call) {
    const turn = line.then(() => drawNext(...call))
    line = turn.then(rest, rest)
    return untilAborted(turn, call[2])
  }
}

/** Bundlers find the worker by this very form; the name is that of the built file. */
function startWorker(): Worker {
  return new Worker(new URL('./process-worker.js', import.meta.url), { type: 'module' })
}

/** A page's policy may forbid workers by a throw. */
function tryTo(makeWorker: () => Worker): Worker | null {
  try {
    return makeWorker()
  } catch {
    return null
  }
}

/** Null when the worker is broken: it did not load, or has not survived the picture. */
function ask(
  worker: Worker,
  request: Extract<ToWorker, { type: 'draw' }>,
  signal: AbortSignal,
): Promise<FromWorker | null> {
  return new Promise((resolve, reject) => {
    const over = new AbortController()
    const listening = { signal: over.signal }

    function finish(reply: FromWorker | null): void {
      over.abort()
      resolve(reply)
    }
    function hear({ data }: MessageEvent<FromWorker>): void {
      if (data.id === request.id) finish(data)
    }
    function giveUp(event: Event): void {
      event.preventDefault()
      finish(null)
    }
    function cancel(): void {
      over.abort()
      post(worker, { type: 'cancel', id: request.id })
      reject(signal.reason)
    }
    worker.addEventListener('message', hear, listening)
    worker.addEventListener('error', giveUp, listening)
    signal.addEventListener('abort', cancel, listening)
    post(worker, request)
  })
}

function post(worker: Worker, message: ToWorker): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- Windows have origins, workers do not.
  worker.postMessage(message)
}

/** Whoever waits in line is let go at once. */
function untilAborted<T>(turn: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(signal.reason)
    if (signal.aborted) leave()
    signal.addEventListener('abort', leave, { once: true })
    void turn.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave))
  })
}
