/** The client is a pipe of layers around one `Send`. */

/** One breaker each: reads and writes of one account fail apart from each other. */
export type CircuitKey = 'read' | 'write'

/**
 * What a second try may do. `safe`: no harm. `unsafe`: perhaps the same thing again. `never`: the caller
 * would rather have an answer now.
 */
export type Repeat = 'safe' | 'unsafe' | 'never'

/** One call to Cloudflare, described but not yet sent. */
export interface Call {
  /** For events and messages, such as `images.get`. Never holds an id or a secret. */
  readonly operation: string
  readonly circuit: CircuitKey
  readonly repeat: Repeat
  /** When the caller stops waiting, in milliseconds since the epoch. Covers attempts, bodies and sleeps. */
  readonly deadlineAt: number
  readonly signal: AbortSignal
  /** Makes a fresh request for each attempt: a cloned one would keep its whole body in memory. */
  readonly makeRequest: (signal: AbortSignal) => Request
}

/** What Cloudflare answered, out of its envelope. Not yet parsed. */
export interface Reply {
  readonly status: number
  readonly result: unknown
}

/** Sends a call. Rejects with an `ImagesError`, or with the signal's reason if the caller aborted. */
export type Send = (call: Call) => Promise<Reply>

export type Layer = (next: Send) => Send

/** Wraps a `Send` in layers; the first is the outermost. */
export function pipeline(send: Send, ...layers: readonly Layer[]): Send {
  return layers.reduceRight((next, layer) => layer(next), send)
}
