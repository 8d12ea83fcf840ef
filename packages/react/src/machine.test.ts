import { describe, expect, it, vi } from 'vitest'
import { createMachine } from './machine.ts'
import type { Work } from './machine.ts'

type Lamp = { readonly status: 'off' } | { readonly status: 'on'; readonly level: number }
type Turn = { readonly type: 'switched' } | { readonly type: 'turned'; readonly level: number }

function turn(state: Lamp, event: Turn): Lamp {
  if (event.type === 'switched') {
    return state.status === 'off' ? { status: 'on', level: 1 } : { status: 'off' }
  }
  return state.status === 'on' && state.level !== event.level
    ? { ...state, level: event.level }
    : state
}

function makeLamp(work: Work<Lamp, Turn> = () => undefined) {
  return createMachine<Lamp, Turn>({ initial: { status: 'off' }, transition: turn, work })
}

describe('createMachine', () => {
  it('starts the work of its first status at once', () => {
    const work = vi.fn<Work<Lamp, Turn>>()
    makeLamp(work)
    expect(work).toHaveBeenCalledOnce()
  })

  it('aborts the work of a status when that is left, and starts the work of the next', () => {
    const work = vi.fn<Work<Lamp, Turn>>()
    const lamp = makeLamp(work)
    lamp.send({ type: 'switched' })
    expect(work.mock.calls.map(([state]) => state.status)).toEqual(['off', 'on'])
    expect(work.mock.calls.map(([, , signal]) => signal.aborted)).toEqual([true, false])
  })

  it('leaves the work alone when only a field of the status changes', () => {
    const work = vi.fn<Work<Lamp, Turn>>()
    const lamp = makeLamp(work)
    lamp.send({ type: 'switched' })
    lamp.send({ type: 'turned', level: 5 })
    expect(lamp.getState()).toEqual({ status: 'on', level: 5 })
    expect(work).toHaveBeenCalledTimes(2)
  })

  it('tells nobody when nothing happened', () => {
    const lamp = makeLamp()
    const listener = vi.fn<() => void>()
    lamp.subscribe(listener)
    lamp.send({ type: 'turned', level: 5 })
    expect(listener).not.toHaveBeenCalled()
  })

  it('tells every listener of a change until it stops listening', () => {
    const lamp = makeLamp()
    const listener = vi.fn<() => void>()
    const stop = lamp.subscribe(listener)
    lamp.send({ type: 'switched' })
    stop()
    lamp.send({ type: 'switched' })
    expect(listener).toHaveBeenCalledOnce()
  })

  it('lets work end its own status by sending an event', () => {
    const lamp = makeLamp((state, send) => {
      if (state.status === 'off') send({ type: 'switched' })
    })
    expect(lamp.getState()).toEqual({ status: 'on', level: 1 })
  })

  it('aborts its work and changes no more once it was stopped', () => {
    const work = vi.fn<Work<Lamp, Turn>>()
    const lamp = makeLamp(work)
    lamp.stop()
    lamp.send({ type: 'switched' })
    expect(lamp.getState()).toEqual({ status: 'off' })
    expect(work.mock.calls[0]?.[2].aborted).toBe(true)
  })
})
