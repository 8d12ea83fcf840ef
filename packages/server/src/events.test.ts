import { beforeEach, expect, test, vi } from 'vitest'
import { createEventBus } from './events.ts'
import type { EventBus, GateEvent } from './events.ts'
import { logEvents } from './log-events.ts'

const closed: GateEvent = { type: 'gate-closed', gate: 'api', closedMs: 5000 }
let errors: unknown[]
let bus: EventBus

beforeEach(() => {
  errors = []
  bus = createEventBus((error) => errors.push(error))
})

test('tells those who listen to this type of event, until they stop', () => {
  const heard: GateEvent[] = []
  const stop = bus.on('gate-closed', (event) => heard.push(event))
  bus.emit('gate-closed', () => closed)
  bus.emit('store-restored', () => ({ type: 'store-restored' }))
  stop()
  bus.emit('gate-closed', () => closed)
  expect(heard).toEqual([closed])
})

test('makes no event that nobody hears', () => {
  const make = vi.fn<() => GateEvent>()
  bus.emit('gate-closed', make)
  bus.on('gate-closed', () => undefined)()
  bus.emit('gate-closed', make)
  expect(make).not.toHaveBeenCalled()
})

test('a listener that throws harms neither the call nor other listeners', () => {
  const bug = new Error('a bug of theirs')
  const heard: GateEvent[] = []
  bus.on('gate-closed', () => {
    throw bug
  })
  bus.on('gate-closed', (event) => heard.push(event))
  expect(() => bus.emit('gate-closed', () => closed)).not.toThrow()
  expect([heard, errors]).toEqual([[closed], [bug]])
})

test('one function that listens twice is told twice, and each can stop alone', () => {
  const listener = vi.fn<(event: GateEvent) => void>()
  const stop = bus.on('gate-closed', listener)
  bus.on('gate-closed', listener)
  stop()
  bus.emit('gate-closed', () => closed)
  expect(listener).toHaveBeenCalledTimes(1)
})

test('every retry is a line, with attempt, delay and reason; a call that went well is none', () => {
  const logger = {
    info: vi.fn<() => void>(),
    warn: vi.fn<() => void>(),
    error: vi.fn<() => void>(),
  }
  logEvents(bus, logger)
  const base = { operation: 'images.get', circuit: 'read' } as const
  const retried = {
    ...base,
    type: 'retried',
    attempt: 1,
    delayMs: 700,
    reason: 'host_timed_out',
  } as const
  bus.emit('retried', () => retried)
  bus.emit('called', () => ({
    ...base,
    type: 'called',
    outcome: 'succeeded',
    attempts: 1,
    durationMs: 2,
  }))
  bus.emit('store-restored', () => ({ type: 'store-restored' }))
  expect(logger.warn.mock.calls).toEqual([['lightfast: retried', retried]])
  expect(logger.info.mock.calls).toEqual([
    ['lightfast: store-restored', { type: 'store-restored' }],
  ])
})

test('a listener that leaves and comes back while it hears is told once', () => {
  let told = 0
  let stop = bus.on('gate-closed', listen)
  function listen(): void {
    told += 1
    stop()
    if (told < 10) stop = bus.on('gate-closed', listen)
  }
  bus.emit('gate-closed', () => closed)
  expect(told).toBe(1)
})
