/** The steps a fault can be put on: every endpoint of the API, the other hosts, and the webhook. */
export const faultSteps = [
  'direct-upload',
  'api-upload',
  'list',
  'details',
  'update',
  'delete',
  'blob',
  'stats',
  'keys',
  'variants',
  'config',
  'batch-token',
  'upload',
  'delivery',
  'webhook',
] as const

/** Names a step. */
export type FaultStep = (typeof faultSteps)[number]

/** Names where a fault acts: a step, several, or the whole control plane. */
export type FaultTarget = FaultStep | 'api' | readonly FaultStep[]

/** Narrows down on which requests a fault acts, and how often. */
export interface FaultSelectors {
  readonly on: FaultTarget
  /** Only requests whose path names this image. */
  readonly image?: string
  /** Lets the first requests pass. */
  readonly after?: number
  /** Counts down; without it the fault stays until it is removed. */
  readonly times?: number
  /** Acts on this share of the requests, 0 to 1. Needs the emulator's option `seed`. */
  readonly chance?: number
}

/** Answers a step with a status; without a `code` the body is plain text, as from a gateway in front of the API. */
export interface AnswerFault extends FaultSelectors {
  readonly effect: 'answer'
  /** 200 with a `code` is the envelope that says `success: false` all the same. */
  readonly status: number
  readonly code?: number
  readonly message?: string
  readonly retryAfterSeconds?: number
}

/** Makes a step wait before it does anything else. */
export interface DelayFault extends FaultSelectors {
  readonly effect: 'delay'
  readonly ms: number
}

/** Lets the bodies of request and reply through at this speed, unless one of them is named. */
export interface BandwidthFault extends FaultSelectors {
  readonly effect: 'bandwidth'
  readonly bytesPerSecond: number
  readonly body?: 'request' | 'reply'
}

/** Cuts the connection once that many bytes of the request's body were read, at the latest when all were. */
export interface DropFault extends FaultSelectors {
  readonly effect: 'drop'
  readonly atByte: number
}

/** Does the step, and cuts the connection after that many bytes of the reply's body. */
export interface TruncateFault extends FaultSelectors {
  readonly effect: 'truncate'
  readonly atByte: number
}

/** Does the step, and replies with something else: a page of HTML, the first half, or nothing. */
export interface MalformFault extends FaultSelectors {
  readonly effect: 'malform'
  readonly as: 'html' | 'half' | 'empty'
}

/** Takes the request and never answers. */
export interface StallFault extends FaultSelectors {
  readonly effect: 'stall'
}

/** Does the step and cuts the connection in place of the reply, so that nobody knows what happened. */
export interface LoseReplyFault extends FaultSelectors {
  readonly effect: 'lose-reply'
}

/** Takes the file with a 200 and refuses it afterwards; `details` says what image details then answer. */
export interface RefuseLaterFault extends FaultSelectors {
  readonly on: 'upload'
  readonly effect: 'refuse-later'
  readonly code: number
  readonly message: string
  readonly details: 'draft' | 'missing' | 'refused'
}

/** Takes the file with a 200 and shows a draft for that long; without `ms` until the emulator ends. */
export interface SettleLaterFault extends FaultSelectors {
  readonly on: 'upload'
  readonly effect: 'settle-later'
  readonly ms?: number
}

/** Leaves images out of lists that are younger than this. */
export interface ListLagFault extends FaultSelectors {
  readonly on: 'list'
  readonly effect: 'list-lag'
  readonly ms: number
}

/**
 * Answers 429 from the first request it meets, for five minutes or `seconds` by the emulator's clock; then
 * it is used up. https://developers.cloudflare.com/fundamentals/api/reference/limits/
 */
export interface RateLimitFault extends Omit<FaultSelectors, 'times'> {
  readonly effect: 'rate-limit'
  readonly seconds?: number
}

/** Moves the emulator's clock, back if negative, before the step. */
export interface ClockJumpFault extends FaultSelectors {
  readonly effect: 'clock-jump'
  readonly ms: number
}

/** Loses a notification, sends it again so many times, or holds it back until after the next. */
export type WebhookFault = FaultSelectors & { readonly on: 'webhook' } & (
    | { readonly effect: 'lose' | 'reorder' }
    | { readonly effect: 'duplicate'; readonly copies: number }
  )

/** One thing that goes wrong, as data. */
export type Fault =
  | AnswerFault
  | DelayFault
  | BandwidthFault
  | DropFault
  | TruncateFault
  | MalformFault
  | StallFault
  | LoseReplyFault
  | RefuseLaterFault
  | SettleLaterFault
  | ListLagFault
  | RateLimitFault
  | ClockJumpFault
  | WebhookFault

/** A fault and how often it will still act; `null` means until it is removed. */
export type ListedFault = Fault & { readonly remaining: number | null }

/** Finds the fault of one kind among those that act on a request. */
export function findFault<Effect extends Fault['effect']>(
  acting: readonly Fault[],
  effect: Effect,
): Extract<Fault, { effect: Effect }> | undefined {
  return acting.find(
    (fault): fault is Extract<Fault, { effect: Effect }> => fault.effect === effect,
  )
}
