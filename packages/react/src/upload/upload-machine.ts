import { failures } from '@lightfast/core'
import type { DraftOutcome, Failure, FailureFacts, Image } from '@lightfast/core'
import { toFailedState, toRejectedState } from './failed-state.ts'
import type { UploadState } from './upload-state.ts'

/** What can happen to one upload. Times are in ms since the epoch and come with the event. */
export type UploadEvent =
  /** Our own rules take the file; `draft` is what became of the copy on the device. */
  | { readonly type: 'checked'; readonly draft: DraftOutcome }
  /** Our rules, our server or Cloudflare refuse the file for good. */
  | { readonly type: 'refused'; readonly failure: Failure }
  /** There is a slot. */
  | { readonly type: 'provisioned'; readonly totalBytes: number }
  | {
      readonly type: 'progressed'
      readonly loadedBytes: number
      readonly startedAt: number
      readonly now: number
    }
  /** The bytes have arrived, as far as the browser can tell. */
  | { readonly type: 'transferred' }
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
  | { readonly type: 'failed'; readonly failure: Failure; readonly now: number }
  /** A person wants it tried again. */
  | { readonly type: 'retried' }

type Uploading = Extract<UploadState, { status: 'uploading' }>
type Progressed = Extract<UploadEvent, { type: 'progressed' }>

/** How often the bytes set out before a person is asked. */
export const MAX_ATTEMPTS = 3

/** No estimate is made before the speed is known for this long. */
const ESTIMATE_AFTER_MS = 1000
/** How much one reading moves the estimate, so that it does not jump about. */
const SMOOTHING = 0.3

/** The whole life of one upload. Pure; the same object means that nothing happened. */
export function transition(state: UploadState, event: UploadEvent): UploadState {
  switch (event.type) {
    case 'checked':
      return state.status === 'checking' ? prepare(1, event.draft) : state
    case 'provisioned':
      return state.status === 'preparing' ? beginTransfer(state, event.totalBytes) : state
    case 'progressed':
      return state.status === 'uploading' ? progress(state, event) : state
    case 'transferred':
      return isMoving(state) ? { status: 'processing' } : state
    case 'confirmed':
      return isAwaited(state) ? { status: 'done', image: event.image } : state
    case 'delayed':
      return state.status === 'processing' ? { status: 'still-checking' } : state
    case 'asked':
      return state.status === 'still-checking' ? { status: 'processing' } : state
    case 'refused':
      return isRunning(state) ? toRejectedState(event.failure) : state
    case 'lost':
      return isArrived(state)
        ? toFailedState({ ...event.failure, stage: 'processing' }, event)
        : state
    case 'failed':
      return fail(state, event.failure, event.now)
    case 'retried':
      return retry(state)
    default:
      return event satisfies never
  }
}

type Moving = Extract<UploadState, { status: 'preparing' | 'uploading' }>

function isMoving(state: UploadState): state is Moving {
  return state.status === 'preparing' || state.status === 'uploading'
}

function isArrived(state: UploadState): boolean {
  return state.status === 'processing' || state.status === 'still-checking'
}

/** `preparing` too: asking for a slot of a known upload id may answer a picture that is ready. */
function isAwaited(state: UploadState): boolean {
  return isArrived(state) || state.status === 'preparing'
}

function isRunning(state: UploadState): boolean {
  return state.status === 'checking' || isMoving(state) || isArrived(state)
}

function prepare(attempt: number, draft: DraftOutcome): UploadState {
  return { status: 'preparing', attempt, draft }
}

function beginTransfer(state: Moving, totalBytes: number): UploadState {
  const { attempt, draft } = state
  return { status: 'uploading', attempt, draft, loadedBytes: 0, totalBytes, remainingMs: null }
}

function progress(state: Uploading, event: Progressed): UploadState {
  const loadedBytes = Math.min(event.loadedBytes, state.totalBytes)
  if (loadedBytes <= state.loadedBytes) return state
  const elapsedMs = event.now - event.startedAt
  if (elapsedMs < ESTIMATE_AFTER_MS) return { ...state, loadedBytes }
  const reading = (elapsedMs / loadedBytes) * (state.totalBytes - loadedBytes)
  const before = state.remainingMs ?? reading
  return {
    ...state,
    loadedBytes,
    remainingMs: Math.round(before + SMOOTHING * (reading - before)),
  }
}

/** While processing, nothing counts as a failure: the bytes are there. */
function fail(state: UploadState, failure: Failure, now: number): UploadState {
  if (state.status === 'checking') return toFailedState(failure, { draft: 'unavailable', now })
  if (!isMoving(state)) return state
  return canTryAgain(state, failure)
    ? prepare(state.attempt + 1, state.draft)
    : toFailedState(failure, { draft: state.draft, now })
}

function canTryAgain(state: Moving, { code }: Failure): boolean {
  const { retry }: FailureFacts = failures[code]
  return state.status === 'uploading' && state.attempt < MAX_ATTEMPTS && retry === 'soon'
}

/** A draft of an earlier visit is judged again: the rules may have changed since. */
function retry(state: UploadState): UploadState {
  if (state.status === 'restored') return { status: 'checking' }
  if (state.status === 'not-uploaded') return prepare(1, state.draft)
  return state.status === 'draft-saved' ? prepare(1, state.reason) : state
}
