/** The client is a pipe of layers around one `Send`. */

/**
 * One breaker each: what fails apart is judged apart. `batch` is the batch host of the API, `upload-host`
 * takes bytes from browsers, who report on it. `delivery` shows pictures.
 */
export type CircuitKey = 'read' | 'write' | 'batch' | 'upload-host' | 'delivery'

/** One limit each: the batch host counts apart from the rest of the API, and delivery apart from both. */
export type GateKey = 'api' | 'batch' | 'delivery'

/**
 * What a second try may do. `safe`: no harm. `unsafe`: perhaps the same thing again. `never`: the caller
 * would rather have an answer now.
 */
export type Repeat = 'safe' | 'unsafe' | 'never'

/** One call to Cloudflare, described but not yet sent. */
export interface Call<Result = unknown> {
  /** For events and messages, such as `images.get`. Never holds an id or a secret. */
  readonly operation: string
  readonly circuit: CircuitKey
  readonly gate: GateKey
  readonly repeat: Repeat
  /** Counted where it is sent, so that refusals do not count. */
  readonly tally: Tally
  /** When the caller stops waiting, on the monotonic clock. Covers attempts, bodies, queues and sleeps. */
  readonly deadlineAt: number
  readonly signal: AbortSignal | undefined
  /** How much longer than others it may take, because its body is large. */
  readonly bodyMs?: number
  /** Makes a fresh request for each attempt: a cloned one would keep its whole body in memory. */
  readonly makeRequest: (signal: AbortSignal) => Request
  /**
   * Reads the whole reply, within bounds, and parses it.
   * @throws ImagesError if it is a failure, or not what was documented.
   */
  readonly readReply: (response: Response) => Promise<Reply<Result>>
  /**
   * For a call that is not safe to repeat: asks Cloudflare what became of an attempt whose answer was lost.
   * Undefined if it was certainly not carried out. Rejects if Cloudflare can not say.
   */
  readonly readBack?: () => Promise<Reply<Result> | undefined>
}

/** What is noted of a call on its way. */
export interface Tally {
  /** How often it was sent so far. */
  sent: number
  /** When the attempt under way began, its waits over, on the monotonic clock: it is read once for all who ask. */
  at: number
}

/** One attempt at a call: what the innermost step needs. */
export interface Attempt<Result = unknown> extends Pick<
  Call<Result>,
  'operation' | 'makeRequest' | 'readReply'
> {
  /** Aborts when the attempt is over before its time. It is made when it is first asked for. */
  readonly signal: () => AbortSignal
}

/** Sends an attempt, and reads its whole reply. Rejects with an `ImagesError`, or with the signal's reason. */
export type SendAttempt = <Result>(attempt: Attempt<Result>) => Promise<Reply<Result>>

export interface Reply<Result = unknown> {
  readonly result: Result
  /** Set if the account has used up its limit with this very call: how long until it is filled again. */
  readonly exhaustedForMs?: number
}

/**
 * Sends a call. Rejects with an `ImagesError`, or with the signal's reason if the caller aborted. An inner layer may throw at
 * once instead, which spares a promise; the outermost never does.
 */
export type Send = <Result>(call: Call<Result>) => Promise<Reply<Result>>

export type Layer = (next: Send) => Send

/** Wraps a `Send` in layers; the first is the outermost. */
export function pipeline(send: Send, ...layers: readonly Layer[]): Send {
  return layers.reduceRight((next, layer) => layer(next), send)
}
