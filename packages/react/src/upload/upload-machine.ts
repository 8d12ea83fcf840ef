import { failures } from '@lightfast/core'
import type { DraftOutcome, Failure, FailureFacts, Image } from '@lightfast/core'
import { toFailedState, toRejectedState } from './failed-state.ts'
import type { Try, UploadState } from './upload-state.ts'
import type { Wait } from './wait.ts'

/** What can happen to one upload. Times are in ms since the epoch and come with the event. */
export type UploadEvent =
  /** Its turn has come. */
  | { readonly type: 'admitted' }
  /** Our own rules take the file; `draft` is what became of the copy on the device. */
  | { readonly type: 'checked'; readonly draft: DraftOutcome }
  /** Our rules, our server or Cloudflare refuse the file for good. */
  | { readonly type: 'refused'; readonly failure: Failure }
  /** There is a way: to Cloudflare itself, or to our server. */
  | { readonly type: 'provisioned'; readonly to: 'host' | 'server'; readonly totalBytes: number }
  | {
      readonly type: 'progressed'
      readonly loadedBytes: number
      readonly startedAt: number
      readonly now: number
    }
  /** Our server takes no bytes, because somebody else is sending the same. */
  | { readonly type: 'blocked' }
  /** The bytes have arrived, as far as the browser can tell. */
  | { readonly type: 'transferred' }
  /** Our server has the bytes and sends them on when it can. */
  | { readonly type: 'parked' }
  /** Cloudflare has the picture. */
  | { readonly type: 'confirmed'; readonly image: Image }
  /** Cloudflare's word is late. */
  | { readonly type: 'delayed' }
  /** A person does not want to wait for the next look. */
  | { readonly type: 'asked' }
  /** The bytes that seemed to have arrived are not there. */
  | {
      readonly type: 'lost'
      readonly failure: Failure
      readonly draft: DraftOutcome
      readonly now: number
    }
  /** `wait` is what ends the trouble by itself, if anything does. */
  | {
      readonly type: 'failed'
      readonly failure: Failure
      readonly wait: Wait | null
      readonly now: number
    }
  /** It is known that nothing can be sent now, and nothing was tried; or, while it waits, that the wait is another one. */
  | { readonly type: 'held'; readonly wait: Wait }
  /** What it waited for is there. */
  | { readonly type: 'resumed' }
  /** A person wants it tried again. */
  | { readonly type: 'retried' }

type Transferring = Extract<UploadState, { status: 'uploading' | 'relaying' }>
type Provisioned = Extract<UploadEvent, { type: 'provisioned' }>
type Progressed = Extract<UploadEvent, { type: 'progressed' }>
type Failed = Extract<UploadEvent, { type: 'failed' }>

/** How often the bytes set out in one round. After that a person is asked, or the next round begins after a wait. */
export const MAX_ATTEMPTS = 3

/** How many rounds there are in all. Those that a lost connection cut short are not counted. */
export const MAX_ROUNDS = 4

/** No estimate is made before the speed is known for this long. */
const ESTIMATE_AFTER_MS = 1000
/** How much one reading moves the estimate, so that it does not jump about. */
const SMOOTHING = 0.3

/** The whole life of one upload. Pure; the same object means that nothing happened. */
export function transition(state: UploadState, event: UploadEvent): UploadState {
  switch (event.type) {
    case 'admitted':
      return state.status === 'queued' ? admit(state.next) : state
    case 'checked':
      return state.status === 'checking' ? prepare({ attempt: 1, draft: event.draft }) : state
    case 'provisioned':
      return state.status === 'preparing' ? beginTransfer(state, event) : state
    case 'progressed':
      return isTransferring(state) ? progress(state, event) : state
    case 'blocked':
      return state.status === 'relaying' ? prepare(state) : state
    case 'transferred':
      return isMoving(state) || state.status === 'parked' ? { status: 'processing' } : state
    case 'parked':
      return isAwaited(state) && state.status !== 'parked' ? { status: 'parked' } : state
    case 'confirmed':
      return isAwaited(state) ? { status: 'done', image: event.image } : state
    case 'delayed':
      return state.status === 'processing' ? { status: 'still-checking' } : state
    case 'asked':
      return state.status === 'still-checking' ? { status: 'processing' } : state
    case 'refused':
      return isRunning(state) ? toRejectedState(event.failure) : state
    case 'lost':
      return lose(state, event)
    case 'failed':
      return fail(state, event)
    case 'held':
      return hold(state, event.wait)
    case 'resumed':
      return state.status === 'waiting' ? queue(state) : state
    case 'retried':
      return retry(state)
    default:
      return event satisfies never
  }
}

type Moving = Transferring | Extract<UploadState, { status: 'preparing' }>

function isTransferring(state: UploadState): state is Transferring {
  return state.status === 'uploading' || state.status === 'relaying'
}

function isMoving(state: UploadState): state is Moving {
  return state.status === 'preparing' || isTransferring(state)
}

function isArrived(state: UploadState): boolean {
  return ['processing', 'still-checking', 'parked'].includes(state.status)
}

/** While bytes move too: asking for the way of a known upload id may answer a picture that is ready. */
function isAwaited(state: UploadState): boolean {
  return isArrived(state) || isMoving(state)
}

function isRunning(state: UploadState): boolean {
  return state.status === 'checking' || isAwaited(state)
}

function admit(next: Try | null): UploadState {
  return next === null ? { status: 'checking' } : prepare(next)
}

function queue({ attempt, draft }: Try): UploadState {
  return { status: 'queued', next: { attempt, draft } }
}

function prepare({ attempt, draft }: Try): UploadState {
  return { status: 'preparing', attempt, draft }
}

function beginTransfer({ attempt, draft }: Moving, { to, totalBytes }: Provisioned): UploadState {
  const status = to === 'host' ? 'uploading' : 'relaying'
  return {
    status,
    attempt,
    draft,
    loadedBytes: 0,
    totalBytes,
    remainingMs: null,
    bytesPerSecond: null,
  }
}

function progress(state: Transferring, event: Progressed): UploadState {
  const loadedBytes = Math.min(event.loadedBytes, state.totalBytes)
  if (loadedBytes <= state.loadedBytes) return state
  const elapsedMs = event.now - event.startedAt
  if (elapsedMs < ESTIMATE_AFTER_MS) return { ...state, loadedBytes }
  const leftMs = (elapsedMs / loadedBytes) * (state.totalBytes - loadedBytes)
  return {
    ...state,
    loadedBytes,
    remainingMs: smooth(state.remainingMs, leftMs),
    bytesPerSecond: smooth(state.bytesPerSecond, (loadedBytes / elapsedMs) * 1000),
  }
}

function smooth(before: number | null, reading: number): number {
  return Math.round(before === null ? reading : before + SMOOTHING * (reading - before))
}

function lose(state: UploadState, event: Extract<UploadEvent, { type: 'lost' }>): UploadState {
  if (!isArrived(state)) return state
  const stage = state.status === 'parked' ? 'transfer' : 'processing'
  return toFailedState({ ...event.failure, stage }, event)
}

/** While processing or parked, nothing counts as a failure: the bytes are there. */
function fail(state: UploadState, { failure, wait, now }: Failed): UploadState {
  if (state.status === 'checking') return toFailedState(failure, { draft: 'unavailable', now })
  if (!isMoving(state)) return state
  const { attempt, draft } = state
  if (canTryAgain(state, failure)) return prepare({ attempt: attempt + 1, draft })
  if (wait?.reason === 'offline') return hold(state, wait)
  const next = firstOfRound(attempt) + MAX_ATTEMPTS
  return wait === null || next > MAX_ROUNDS * MAX_ATTEMPTS
    ? toFailedState(failure, { draft, now })
    : { status: 'waiting', ...wait, attempt: next, draft }
}

/** What stops our server is no reason to stop: it may know another way, and says so when it is asked again. */
function canTryAgain(state: Moving, { code }: Failure): boolean {
  const { retry }: FailureFacts = failures[code]
  if (!isTransferring(state) || tryOfRound(state.attempt) >= MAX_ATTEMPTS) return false
  return retry === 'soon' || (retry === 'later' && state.status === 'relaying')
}

/** Which try of its round an attempt is, from 1. */
export function tryOfRound(attempt: number): number {
  return ((attempt - 1) % MAX_ATTEMPTS) + 1
}

const firstOfRound = (attempt: number): number => attempt - tryOfRound(attempt) + 1

/** Its round begins again after the wait. One that waits already goes on waiting, for what is known now. */
function hold(state: UploadState, wait: Wait): UploadState {
  if (state.status === 'waiting') return { ...state, ...wait }
  if (!isMoving(state)) return state
  const { attempt, draft } = state
  return { status: 'waiting', ...wait, attempt: firstOfRound(attempt), draft }
}

/** A draft of an earlier visit is judged again: the rules may have changed since. */
function retry(state: UploadState): UploadState {
  switch (state.status) {
    case 'restored':
      return { status: 'queued', next: null }
    case 'waiting':
    case 'not-uploaded':
      return queue({ attempt: 1, draft: state.draft })
    case 'draft-saved':
      return queue({ attempt: 1, draft: state.reason })
    default:
      return state
  }
}
