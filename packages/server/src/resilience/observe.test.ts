import { ImagesError } from '@lightfast/core'
import { beforeEach, expect, test } from 'vitest'
import { createEventBus } from '../events.ts'
import type { CallEvent } from '../events.ts'
import { makeCall } from '../test-support/make-call.ts'
import { createVirtualTime } from '../test-support/virtual-time.ts'
import type { Send } from './layer.ts'
import { observe } from './observe.ts'

const told = { type: 'called', operation: 'images.get', circuit: 'read', durationMs: 0 }
let events: CallEvent[]

beforeEach(() => {
  events = []
})

function send(next: Send, signal?: AbortSignal) {
  const bus = createEventBus(() => undefined)
  bus.on('called', (event) => events.push(event))
  return observe({ surroundings: createVirtualTime(), bus })(next)(
    makeCall({ readReply: async () => ({ result: 'well' }), tally: { sent: 3, at: 0 }, signal }),
  )
}

test('tells of a call that succeeded, and how often it was sent', async () => {
  await send((call) => call.readReply(new Response()))
  expect(events).toEqual([{ ...told, outcome: 'succeeded', attempts: 3 }])
})

test('tells of a call that failed, and passes the failure on', async () => {
  const error = new ImagesError('not_found', 'A test.')
  await expect(send(() => Promise.reject(error))).rejects.toBe(error)
  expect(events).toEqual([{ ...told, outcome: 'failed', attempts: 3, code: 'not_found' }])
})

const leave = () => Promise.reject(new Error('left'))

test('tells of a caller who left, and of a bug, which is no abort', async () => {
  await send(leave, AbortSignal.abort()).catch(() => undefined)
  await send(leave).catch(() => undefined)
  expect(events).toEqual([
    { ...told, outcome: 'aborted', attempts: 3 },
    { ...told, outcome: 'failed', attempts: 3 },
  ])
})
