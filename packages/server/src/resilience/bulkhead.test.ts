import { beforeEach, describe, expect, test } from 'vitest'
import { createEventBus } from '../events.ts'
import { makeCall } from '../test-support/make-call.ts'
import { createVirtualTime, settle } from '../test-support/virtual-time.ts'
import type { VirtualTime } from '../test-support/virtual-time.ts'
import { attempt } from './attempt.ts'
import { createBulkheads } from './bulkhead.ts'
import type { Bulkheads } from './bulkhead.ts'
import type { Call, SendAttempt } from './layer.ts'

let time: VirtualTime
let bulkheads: Bulkheads
let refusals: string[]
/** Ends the calls that are under way, oldest first. */
let endings: ((end: 'well' | 'badly') => void)[]
let started: string[]

beforeEach(() => {
  time = createVirtualTime()
  refusals = []
  endings = []
  started = []
  const bus = createEventBus(() => undefined)
  bus.on('refused', ({ by }) => refusals.push(by))
  bulkheads = createBulkheads({
    config: { concurrency: 2, queue: 2 },
    surroundings: time,
    bus,
    check: () => undefined,
  })
})

const host: SendAttempt = ({ operation }) =>
  new Promise((_, reject) => {
    started.push(operation)
    endings.push((end) => reject(new Error(end)))
  })

const send = async (call: Call) =>
  attempt(host, { guards: [bulkheads], attemptMs: 60_000, surroundings: time })(call)

const start = (operation: string, call: Partial<Call> = {}): Promise<unknown> =>
  send(makeCall({ operation, ...call })).catch((error: unknown) => error)

describe('calls of one circuit', () => {
  test('beyond those that may be under way wait in line, first come first served', async () => {
    for (const name of ['a', 'b', 'c', 'd']) void start(name)
    await settle()
    expect(started).toEqual(['a', 'b'])
    expect(bulkheads.load('read')).toEqual({ active: 2, waiting: 2 })
    endings[1]?.('badly')
    await settle()
    expect(started).toEqual(['a', 'b', 'c'])
    endings[0]?.('well')
    await settle()
    expect(started).toEqual(['a', 'b', 'c', 'd'])
    for (const end of endings) end('well')
    await settle()
    expect(bulkheads.load('read')).toEqual({ active: 0, waiting: 0 })
    expect(time.timers()).toBe(0)
  })

  test('beyond the line are refused at once', async () => {
    for (const name of ['a', 'b', 'c', 'd']) void start(name)
    expect(await start('e')).toMatchObject({ code: 'client_busy', attempts: 0, circuit: 'read' })
    expect(refusals).toEqual(['bulkhead'])
  })

  test('do not hinder those of another', async () => {
    for (const name of ['a', 'b', 'c']) void start(name)
    void start('other', { circuit: 'write' })
    await settle()
    expect(started).toContain('other')
  })
})

describe('a call in line', () => {
  test('leaves it when its caller does, and its place goes to the next', async () => {
    const leaving = new AbortController()
    for (const name of ['a', 'b']) void start(name)
    const left = start('c', { signal: leaving.signal })
    void start('d')
    leaving.abort(new Error('left'))
    expect(await left).toEqual(new Error('left'))
    endings[0]?.('well')
    await settle()
    expect(started).toEqual(['a', 'b', 'd'])
  })

  test('is refused at its deadline', async () => {
    for (const name of ['a', 'b']) void start(name)
    const late = start('c', { deadlineAt: 500 })
    await time.advance(500)
    expect(await late).toMatchObject({ code: 'client_busy' })
    expect(bulkheads.load('read').waiting).toBe(0)
  })

  test('never gets in if its caller had left before', async () => {
    for (const name of ['a', 'b']) void start(name)
    const end = await start('c', { signal: AbortSignal.abort(new Error('left')) })
    expect(end).toEqual(new Error('left'))
    expect(bulkheads.load('read').waiting).toBe(0)
  })
})
