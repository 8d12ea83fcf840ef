import { createFailure, failures, isFailureCode } from '@lightfast/core'
import type { Failure, FailureCode, Image } from '@lightfast/core'
import { describe, expect, it } from 'vitest'
import { MAX_ATTEMPTS, transition } from './upload-machine.ts'
import type { UploadEvent } from './upload-machine.ts'
import type { UploadState } from './upload-state.ts'

const NOW = 1_000_000

const fail = (code: FailureCode, details: Partial<Failure> = {}): Failure =>
  createFailure(code, 'a test', details)

const image: Image = {
  id: 'img-1',
  uploadId: 'up-1',
  state: 'ready',
  kind: 'photo',
  filename: 'cat.png',
  contentType: 'image/png',
  sizeBytes: 1000,
  width: 1,
  height: 1,
  createdAt: NOW,
  failure: null,
  url: null,
}

const states = {
  checking: { status: 'checking' },
  preparing: { status: 'preparing', attempt: 1, draft: 'kept' },
  uploading: {
    status: 'uploading',
    attempt: 1,
    draft: 'kept',
    loadedBytes: 0,
    totalBytes: 1000,
    remainingMs: null,
  },
  processing: { status: 'processing' },
  'still-checking': { status: 'still-checking' },
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

const events = {
  checked: { type: 'checked', draft: 'kept' },
  refused: { type: 'refused', failure: fail('file_type_unsupported') },
  provisioned: { type: 'provisioned', totalBytes: 1000 },
  progressed: { type: 'progressed', loadedBytes: 400, startedAt: NOW - 100, now: NOW },
  transferred: { type: 'transferred' },
  confirmed: { type: 'confirmed', image },
  delayed: { type: 'delayed' },
  asked: { type: 'asked' },
  lost: { type: 'lost', failure: fail('slot_expired'), draft: 'kept', now: NOW },
  failed: { type: 'failed', failure: fail('upload_host_failed'), now: NOW },
  retried: { type: 'retried' },
} satisfies { [T in UploadEvent['type']]: Extract<UploadEvent, { type: T }> }

const { checking, preparing, uploading, processing } = states
const stillChecking = states['still-checking']
const lastAttempt = { ...uploading, attempt: MAX_ATTEMPTS }

const failed = (code: FailureCode, details: Partial<Failure> = {}): UploadEvent => ({
  type: 'failed',
  failure: fail(code, details),
  now: NOW,
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
  ['bytes of a known upload may have arrived', preparing, events.transferred, processing],
  ['a known upload may be ready', preparing, events.confirmed, states.done],
  ['progress counts the bytes', uploading, events.progressed, { ...uploading, loadedBytes: 400 }],
  [
    'after a second there is an estimate',
    uploading,
    { type: 'progressed', loadedBytes: 400, startedAt: NOW - 2000, now: NOW },
    { ...uploading, loadedBytes: 400, remainingMs: 3000 },
  ],
  [
    'one slow reading moves the estimate a little only',
    { ...uploading, loadedBytes: 400, remainingMs: 3000 },
    { type: 'progressed', loadedBytes: 500, startedAt: NOW - 10_000, now: NOW },
    { ...uploading, loadedBytes: 500, remainingMs: 5100 },
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
    'a retry begins with the first attempt',
    states['not-uploaded'],
    events.retried,
    { ...preparing, draft: 'no-room' },
  ],
  ['a retry of a draft too', states['draft-saved'], events.retried, preparing],
  ['a restored draft is judged again', states.restored, events.retried, checking],
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
  [uploading, events.confirmed],
  [uploading, events.delayed],
  [uploading, events.lost],
  [processing, events.failed],
  [processing, events.transferred],
  [processing, events.retried],
  [processing, events.asked],
  [stillChecking, events.failed],
  [stillChecking, events.delayed],
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

  it('never leaves done, keeps its attempts and never invents bytes, whatever happens', () => {
    const random = createRandom(7)
    const all = Object.values(events)
    for (let run = 0; run < 500; run += 1) {
      let state: UploadState = checking
      for (let step = 0; step < 60; step += 1) {
        const event = all[Math.floor(random() * all.length)] ?? events.checked
        const next = transition(state, event)
        if (state.status === 'done') expect(next).toBe(state)
        if ('attempt' in next) expect(next.attempt).toBeLessThanOrEqual(MAX_ATTEMPTS)
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
