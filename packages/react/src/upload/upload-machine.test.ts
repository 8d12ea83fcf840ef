import { createFailure, failures, isFailureCode } from '@lightfast/core'
import type { DraftOutcome, Failure, FailureCode } from '@lightfast/core'
import { describe, expect, it } from 'vitest'
import { makeImage } from '../testing/make-image.ts'
import { MAX_ATTEMPTS, MAX_ROUNDS, transition } from './upload-machine.ts'
import type { UploadEvent } from './upload-machine.ts'
import type { UploadState } from './upload-state.ts'
import type { Wait } from './wait.ts'

const NOW = 1_000_000

const fail = (code: FailureCode, details: Partial<Failure> = {}): Failure =>
  createFailure(code, 'a test', details)

const image = makeImage('ready')

const states = {
  queued: { status: 'queued', next: null },
  checking: { status: 'checking' },
  preparing: { status: 'preparing', attempt: 1, draft: 'kept' },
  uploading: {
    status: 'uploading',
    attempt: 1,
    draft: 'kept',
    loadedBytes: 0,
    totalBytes: 1000,
    remainingMs: null,
    bytesPerSecond: null,
  },
  relaying: {
    status: 'relaying',
    attempt: 1,
    draft: 'kept',
    loadedBytes: 0,
    totalBytes: 1000,
    remainingMs: null,
    bytesPerSecond: null,
  },
  parked: { status: 'parked' },
  processing: { status: 'processing' },
  'still-checking': { status: 'still-checking' },
  waiting: {
    status: 'waiting',
    reason: 'circuit',
    retryAt: NOW + 30_000,
    attempt: 4,
    draft: 'kept',
  },
  restored: { status: 'restored' },
  'not-uploaded': {
    status: 'not-uploaded',
    reason: 'image-host',
    failure: fail('host_unavailable'),
    draft: 'no-room',
    retryAt: null,
  },
  'draft-saved': {
    status: 'draft-saved',
    reason: 'kept',
    failure: fail('upload_host_failed'),
    retryAt: null,
  },
  rejected: { status: 'rejected', reason: 'by-host', failure: fail('file_refused_by_host') },
  done: { status: 'done', image },
} satisfies { [S in UploadState['status']]: Extract<UploadState, { status: S }> }

const pause: Wait = { reason: 'circuit', retryAt: NOW + 30_000 }
const offline: Wait = { reason: 'offline', retryAt: null }

const events = {
  admitted: { type: 'admitted' },
  checked: { type: 'checked', draft: 'kept' },
  refused: { type: 'refused', failure: fail('file_type_unsupported') },
  provisioned: { type: 'provisioned', to: 'host', totalBytes: 1000 },
  blocked: { type: 'blocked' },
  parked: { type: 'parked' },
  progressed: { type: 'progressed', loadedBytes: 400, startedAt: NOW - 100, now: NOW },
  transferred: { type: 'transferred' },
  confirmed: { type: 'confirmed', image },
  delayed: { type: 'delayed' },
  asked: { type: 'asked' },
  lost: { type: 'lost', failure: fail('slot_expired'), draft: 'kept', now: NOW },
  failed: { type: 'failed', failure: fail('upload_host_failed'), wait: null, now: NOW },
  held: { type: 'held', wait: pause },
  resumed: { type: 'resumed' },
  retried: { type: 'retried' },
} satisfies { [T in UploadEvent['type']]: Extract<UploadEvent, { type: T }> }

const { queued, waiting, checking, preparing, uploading, relaying, parked, processing } = states
const relayed = { ...events.provisioned, to: 'server' } as const
const stillChecking = states['still-checking']
const lastAttempt = { ...uploading, attempt: MAX_ATTEMPTS }

const failed = (code: FailureCode, details: Partial<Failure> = {}): UploadEvent => ({
  ...events.failed,
  failure: fail(code, details),
})
type Failed = Extract<UploadEvent, { type: 'failed' }>

const failedWith = (wait: Wait, code: FailureCode = 'circuit_open'): Failed => ({
  ...events.failed,
  failure: fail(code),
  wait,
})

const queue = (attempt: number, draft: DraftOutcome = 'kept'): UploadState => ({
  status: 'queued',
  next: { attempt, draft },
})

type Row = readonly [
  name: string,
  state: UploadState,
  event: UploadEvent,
  expected: Partial<UploadState>,
]

const rows: readonly Row[] = [
  ['a good file gets a slot', checking, events.checked, preparing],
  [
    'the outcome of the draft is carried along',
    checking,
    { type: 'checked', draft: 'no-room' },
    { status: 'preparing', attempt: 1, draft: 'no-room' },
  ],
  [
    'our own rules reject',
    checking,
    events.refused,
    { status: 'rejected', reason: 'type', failure: fail('file_type_unsupported') },
  ],
  ['a slot starts the transfer', preparing, events.provisioned, uploading],
  ['our server may want the bytes for itself', preparing, relayed, relaying],
  [
    'bytes to our server are counted too',
    relaying,
    events.progressed,
    { ...relaying, loadedBytes: 400 },
  ],
  ['our server sent them on', relaying, events.transferred, processing],
  ['our server keeps them', relaying, events.parked, parked],
  ['our server sent them on and Cloudflare has confirmed', relaying, events.confirmed, states.done],
  [
    'our server saw what the file is',
    relaying,
    events.refused,
    { status: 'rejected', reason: 'type' },
  ],
  [
    'who is blocked by another sender asks again, and has used up no attempt',
    { ...relaying, attempt: 2 },
    events.blocked,
    { ...preparing, attempt: 2 },
  ],
  ['a known upload may be parked', preparing, events.parked, parked],
  ['what failed here may be parked by another try', uploading, events.parked, parked],
  ['what seemed to have arrived may be parked', processing, events.parked, parked],
  ['what is still checked may be parked', stillChecking, events.parked, parked],
  ['a parked file is sent on', parked, events.transferred, processing],
  ['a parked file is ready', parked, events.confirmed, states.done],
  ['a parked file is refused', parked, events.refused, { status: 'rejected', reason: 'type' }],
  [
    'a parked file that ran out of time is a draft',
    parked,
    { ...events.lost, failure: fail('bytes_missing', { stage: 'provision' }) },
    {
      status: 'draft-saved',
      reason: 'kept',
      failure: fail('bytes_missing', { stage: 'transfer' }),
    },
  ],
  [
    'a way through our server that fails is tried again',
    relaying,
    failed('host_unavailable'),
    { ...preparing, attempt: 2 },
  ],
  [
    'our server may know another way when its own is shut',
    relaying,
    failed('circuit_open', { stage: 'transfer' }),
    { ...preparing, attempt: 2 },
  ],
  [
    'the third failure is a draft, whatever the ways were',
    { ...relaying, attempt: MAX_ATTEMPTS },
    failed('storage_full'),
    { status: 'draft-saved', reason: 'kept' },
  ],
  ['bytes of a known upload may have arrived', preparing, events.transferred, processing],
  ['a known upload may be ready', preparing, events.confirmed, states.done],
  ['Cloudflare may have what failed here', uploading, events.confirmed, states.done],
  ['progress counts the bytes', uploading, events.progressed, { ...uploading, loadedBytes: 400 }],
  [
    'after a second there is an estimate',
    uploading,
    { type: 'progressed', loadedBytes: 400, startedAt: NOW - 2000, now: NOW },
    { ...uploading, loadedBytes: 400, remainingMs: 3000, bytesPerSecond: 200 },
  ],
  [
    'one slow reading moves the estimate a little only',
    { ...uploading, loadedBytes: 400, remainingMs: 3000, bytesPerSecond: 200 },
    { type: 'progressed', loadedBytes: 500, startedAt: NOW - 10_000, now: NOW },
    { ...uploading, loadedBytes: 500, remainingMs: 5100, bytesPerSecond: 155 },
  ],
  [
    'progress ends at the size of the file',
    uploading,
    { type: 'progressed', loadedBytes: 1400, startedAt: NOW - 100, now: NOW },
    { ...uploading, loadedBytes: 1000 },
  ],
  ['bytes that have arrived are processed', uploading, events.transferred, processing],
  ['Cloudflare confirms', processing, events.confirmed, states.done],
  ['Cloudflare confirms late', stillChecking, events.confirmed, states.done],
  ['Cloudflare rejects', processing, events.refused, { status: 'rejected', reason: 'type' }],
  ['Cloudflare rejects late', stillChecking, events.refused, { status: 'rejected' }],
  [
    'a refusal with a code that is no refusal is one by the host',
    processing,
    { type: 'refused', failure: fail('server_failed') },
    { status: 'rejected', reason: 'by-host' },
  ],
  ['a late word is not a failure', processing, events.delayed, stillChecking],
  ['a person asks at once', stillChecking, events.asked, processing],
  [
    'bytes that are not there after all are a draft',
    processing,
    events.lost,
    { status: 'draft-saved', reason: 'kept', retryAt: null },
  ],
  [
    'the draft is never promised when there is none',
    stillChecking,
    { ...events.lost, draft: 'unavailable' },
    { status: 'draft-saved', reason: 'unavailable' },
  ],
  [
    'a transfer that fails is tried again',
    uploading,
    failed('upload_host_failed'),
    { ...preparing, attempt: 2 },
  ],
  [
    'the third failure is a draft',
    lastAttempt,
    failed('upload_host_failed'),
    { status: 'draft-saved', reason: 'kept', retryAt: null },
  ],
  [
    'a time to retry is kept as a moment',
    lastAttempt,
    failed('upload_host_failed', { retryAfterMs: 5000 }),
    { status: 'draft-saved', retryAt: NOW + 5000 },
  ],
  [
    'a refused file is not sent again',
    uploading,
    failed('file_refused_by_host'),
    { status: 'rejected', reason: 'by-host' },
  ],
  [
    'without a slot nothing was uploaded',
    preparing,
    failed('circuit_open', { retryAfterMs: 30_000 }),
    { status: 'not-uploaded', reason: 'image-host', draft: 'kept', retryAt: NOW + 30_000 },
  ],
  [
    'a slot is not asked for again by itself, however soon it may be',
    preparing,
    failed('host_unavailable'),
    { status: 'not-uploaded', reason: 'image-host', retryAt: null },
  ],
  [
    'no slot is a draft where the failure says that bytes had set out',
    preparing,
    failed('circuit_open', { stage: 'transfer' }),
    { status: 'draft-saved', reason: 'kept' },
  ],
  [
    'our own server may be the one that is away',
    preparing,
    failed('server_unreachable'),
    { status: 'not-uploaded', reason: 'server' },
  ],
  [
    'a person may be signed out',
    preparing,
    failed('unauthenticated'),
    { status: 'not-uploaded', reason: 'signed-out' },
  ],
  [
    'our server may know a stricter rule',
    preparing,
    failed('file_too_large'),
    { status: 'rejected', reason: 'too-large' },
  ],
  [
    'a retry waits its turn and begins with the first attempt',
    states['not-uploaded'],
    events.retried,
    queue(1, 'no-room'),
  ],
  ['a retry of a draft too', states['draft-saved'], events.retried, queue(1)],
  ['a restored draft is judged again in its turn', states.restored, events.retried, queued],
  ['a new file is read in its turn', queued, events.admitted, checking],
  [
    'a known one goes on from its next try',
    queue(4),
    events.admitted,
    { ...preparing, attempt: 4 },
  ],
  ['what has an end is waited for', preparing, failedWith(pause), waiting],
  [
    'the tries of one round come before the wait',
    { ...relaying, attempt: 2 },
    failedWith(pause),
    { ...preparing, attempt: 3 },
  ],
  [
    'a round that has failed is followed by the next after a wait',
    { ...relaying, attempt: MAX_ATTEMPTS },
    failedWith(pause),
    waiting,
  ],
  [
    'the last round ends in a failure, though there were something to wait for',
    { ...preparing, attempt: (MAX_ROUNDS - 1) * MAX_ATTEMPTS + 1 },
    failedWith(pause),
    { status: 'not-uploaded', reason: 'image-host' },
  ],
  [
    'the last try of the last round is a draft',
    { ...relaying, attempt: MAX_ROUNDS * MAX_ATTEMPTS },
    { ...failedWith(pause), failure: fail('circuit_open', { stage: 'transfer' }) },
    { status: 'draft-saved', reason: 'kept' },
  ],
  [
    'a lost connection costs no round',
    { ...preparing, attempt: 6 },
    failedWith(offline, 'server_unreachable'),
    { ...waiting, ...offline, attempt: 4 },
  ],
  [
    'a lost connection is waited for after the last try too',
    { ...uploading, attempt: MAX_ROUNDS * MAX_ATTEMPTS },
    failedWith(offline, 'transfer_interrupted'),
    { ...waiting, ...offline, attempt: (MAX_ROUNDS - 1) * MAX_ATTEMPTS + 1 },
  ],
  ['what is known to be paused is not tried', preparing, events.held, { ...waiting, attempt: 1 }],
  [
    'the wait may become another one',
    waiting,
    { type: 'held', wait: { reason: 'rate', retryAt: NOW + 90_000 } },
    { ...waiting, reason: 'rate', retryAt: NOW + 90_000 },
  ],
  ['after the wait its turn comes', waiting, events.resumed, queue(4)],
  ['a person need not wait, and has all rounds again', waiting, events.retried, queue(1)],
]

const unchanged: readonly (readonly [UploadState, UploadEvent])[] = [
  [uploading, { type: 'progressed', loadedBytes: 0, startedAt: NOW, now: NOW }],
  [{ ...uploading, loadedBytes: 500 }, events.progressed],
  [{ ...uploading, loadedBytes: 400 }, events.progressed],
  [checking, events.provisioned],
  [checking, events.transferred],
  [checking, events.retried],
  [preparing, events.checked],
  [preparing, events.progressed],
  [preparing, events.retried],
  [uploading, events.provisioned],
  [uploading, events.blocked],
  [preparing, events.blocked],
  [relaying, events.provisioned],
  [relaying, events.asked],
  [relaying, events.retried],
  [relaying, events.delayed],
  [relaying, events.lost],
  [parked, events.parked],
  [parked, events.failed],
  [parked, events.asked],
  [parked, events.retried],
  [parked, events.delayed],
  [parked, events.provisioned],
  [checking, events.parked],
  [states['draft-saved'], events.parked],
  [states.rejected, events.parked],
  [uploading, events.delayed],
  [uploading, events.lost],
  [processing, events.failed],
  [processing, events.transferred],
  [processing, events.retried],
  [processing, events.asked],
  [stillChecking, events.failed],
  [stillChecking, events.delayed],
  [queued, events.retried],
  [queued, events.held],
  [queued, events.failed],
  [queued, events.checked],
  [queued, events.confirmed],
  [checking, events.admitted],
  [checking, events.held],
  [preparing, events.admitted],
  [preparing, events.resumed],
  [processing, events.held],
  [parked, events.held],
  [waiting, events.admitted],
  [waiting, events.failed],
  [waiting, events.confirmed],
  [waiting, events.refused],
  [states['not-uploaded'], events.admitted],
  [states['not-uploaded'], events.resumed],
  [states.restored, events.failed],
  [states.restored, events.checked],
  [states['not-uploaded'], events.failed],
  [states['not-uploaded'], events.refused],
  [states['draft-saved'], events.confirmed],
  [states.rejected, events.retried],
  [states.rejected, events.confirmed],
  [states.rejected, events.checked],
]

describe('transition', () => {
  it.each(rows)('%s', (_, state, event, expected) => {
    expect(transition(state, event)).toMatchObject(expected)
  })

  it.each(unchanged)('leaves %o as it is at %o', (state, event) => {
    expect(transition(state, event)).toBe(state)
  })

  it.each(Object.values(events))('leaves what is done as it is at %o', (event) => {
    expect(transition(states.done, event)).toBe(states.done)
  })

  it.each(Object.keys(failures).filter(isFailureCode))(
    'ends or repeats a transfer that met %s, and nothing else',
    (code) => {
      const { status } = transition(uploading, failed(code))
      const ends = ['not-uploaded', 'draft-saved', 'rejected']
      expect(status === 'preparing').toBe(failures[code].retry === 'soon')
      expect([...ends, 'preparing']).toContain(status)
      expect(ends).toContain(transition(lastAttempt, failed(code)).status)
    },
  )

  it.each(Object.keys(failures).filter(isFailureCode))(
    'asks our server again when its own way met %s, unless that is final',
    (code) => {
      const { status } = transition(relaying, failed(code))
      expect(status === 'preparing').toBe(failures[code].retry !== 'never')
      expect(['not-uploaded', 'draft-saved', 'rejected']).toContain(
        transition({ ...relaying, attempt: MAX_ATTEMPTS }, failed(code)).status,
      )
    },
  )

  it('never leaves done, keeps its attempts and never invents bytes, whatever happens', () => {
    const random = createRandom(7)
    const all = Object.values(events)
    for (let run = 0; run < 500; run += 1) {
      let state: UploadState = checking
      for (let step = 0; step < 60; step += 1) {
        const event = all[Math.floor(random() * all.length)] ?? events.checked
        const next = transition(state, event)
        if (state.status === 'done') expect(next).toBe(state)
        if ('attempt' in next) expect(next.attempt).toBeLessThanOrEqual(MAX_ROUNDS * MAX_ATTEMPTS)
        if ('loadedBytes' in next) expect(next.loadedBytes).toBeLessThanOrEqual(next.totalBytes)
        state = next
      }
    }
  })
})

/** The same dice on every run: mulberry32. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
